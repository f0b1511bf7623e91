// Minimal example: one tool.
mcp.Tool("greet", "Greet a person by name.", ([Description("Name of the person.")] string name) => $"Hello, {name}!");
