// Fixtures of the official conformance suite: content of every kind, resources and prompts.
const string Png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==";
const string Wav = "UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAAB9AAACABAAZGF0YQIAAAA=";

ImageContentBlock Image() => ImageContentBlock.FromBytes(Convert.FromBase64String(Png), "image/png");
EmbeddedResourceBlock Embedded(string uri, string mimeType, string text) =>
    new() { Resource = new TextResourceContents { Uri = uri, MimeType = mimeType, Text = text } };
PromptMessage User(ContentBlock content) => new() { Role = Role.User, Content = content };
TextContentBlock Text(string text) => new() { Text = text };

mcp.Tool("test_simple_text", "Returns a text.", () => "This is a simple text response for testing.");
mcp.Tool("test_image_content", "Returns an image.", () => Image());
mcp.Tool("test_audio_content", "Returns audio.", () => AudioContentBlock.FromBytes(Convert.FromBase64String(Wav), "audio/wav"));
mcp.Tool("test_embedded_resource", "Returns an embedded resource.", () =>
    Embedded("test://embedded-resource", "text/plain", "This is an embedded resource content."));
mcp.Tool("test_multiple_content_types", "Returns a text, an image and a resource.", () => new ContentBlock[]
{
    Text("Multiple content types test:"), Image(), Embedded("test://mixed-content-resource", "application/json", """{"test":"data","value":123}"""),
});
mcp.Tool("test_error_handling", "Always fails.", string () => throw new McpException("This tool intentionally returns an error for testing"));
mcp.Tool("test_tool_with_progress", "Reports progress.", async (IProgress<ProgressNotificationValue> progress) =>
{
    foreach (var done in new[] { 0, 50, 100 })
    {
        progress.Report(new() { Progress = done, Total = 100 });
        await Task.Delay(50);
    }
    return "done";
});
mcp.Tool("json_schema_2020_12_tool", "Has a schema with all the keywords of JSON Schema 2020-12.", """
    {"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object",
     "$defs":{"address":{"$anchor":"addressDef","type":"object","properties":{"street":{"type":"string"},"city":{"type":"string"}}}},
     "properties":{"name":{"type":"string"},"address":{"$ref":"#/$defs/address"},"contactMethod":{"type":"string","enum":["phone","email"]},
     "phone":{"type":"string"},"email":{"type":"string"}},
     "allOf":[{"anyOf":[{"required":["phone"]},{"required":["email"]}]}],
     "if":{"properties":{"contactMethod":{"const":"phone"}},"required":["contactMethod"]},"then":{"required":["phone"]},"else":{"required":["email"]},
     "additionalProperties":false}
    """, async (call, ct) => new CallToolResult { Content = [Text("taken")] });

mcp.Resource("test://static-text", () => "This is the content of the static text resource.", new() { Name = "static text", MimeType = "text/plain" });
mcp.Resource("test://static-binary", () => BlobResourceContents.FromBytes(Convert.FromBase64String(Png), "test://static-binary", "image/png"),
    new() { Name = "static binary", MimeType = "image/png" });
mcp.Resource("test://watched-resource", () => "watched", new() { Name = "watched", MimeType = "text/plain" });
mcp.ResourceTemplate("test://template/{id}/data", (string id) => JsonSerializer.Serialize(new { id, templateTest = true, data = $"Data for ID: {id}" }),
    new() { Name = "template", MimeType = "application/json" });

mcp.Prompt("test_simple_prompt", "A prompt without arguments.", () => "This is a simple prompt for testing.");
mcp.Prompt("test_prompt_with_arguments", "A prompt with two arguments.",
    ([Description("The first.")] string arg1, [Description("The second.")] string arg2) => $"Prompt with arguments: arg1='{arg1}', arg2='{arg2}'");
mcp.Complete("test_prompt_with_arguments", "arg1", typed => new[] { "paris", "park", "party" }.Where(value => value.StartsWith(typed)));
mcp.Prompt("test_prompt_with_embedded_resource", "A prompt with a resource.", ([Description("Its URI.")] string resourceUri) => new[]
{
    User(Embedded(resourceUri, "text/plain", "Embedded resource content for testing.")), User(Text("Please process the embedded resource above.")),
});
mcp.Prompt("test_prompt_with_image", "A prompt with an image.", () => new[] { User(Image()), User(Text("Please analyze the image above.")) });
