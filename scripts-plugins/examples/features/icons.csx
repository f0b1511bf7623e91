// Icons: clients show them beside tools, prompts and resources.
const string Svg = "data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4=";
Icon[] star = [new() { Source = Svg, MimeType = "image/svg+xml", Sizes = ["any"] }];

mcp.Tool("starred_tool", "Has an icon.", () => "*", new() { Icons = star });
mcp.Prompt("starred_prompt", "Has an icon.", () => "Describe the star.", new() { Icons = star });
mcp.Resource("icons://star", () => "*", new() { Name = "star", Icons = star });
