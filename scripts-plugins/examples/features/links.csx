// Resources in results: embedded with their content, or as a link that the client may read later.
mcp.Resource("links://manual", () => "Press the button.", new() { Name = "manual", MimeType = "text/plain" });

mcp.Tool("manual_page", "A page of the manual, in the result itself.", () => new EmbeddedResourceBlock
{
    Resource = new TextResourceContents { Uri = "links://manual/1", MimeType = "text/plain", Text = "Page 1: where the button is." },
});

mcp.Tool("find_manual", "Returns a link to the manual.", () => new ContentBlock[]
{
    new TextContentBlock { Text = "There is a manual:" },
    new ResourceLinkBlock { Uri = "links://manual", Name = "manual", Title = "The manual", MimeType = "text/plain" },
});
