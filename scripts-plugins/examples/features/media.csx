// Images and audio: bytes and a MIME type, in results of tools and in prompts.
var dot = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==");
var silence = Convert.FromBase64String("UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAAB9AAACABAAZGF0YQIAAAA=");

mcp.Tool("draw_dot", "Draws a dot.", () => ImageContentBlock.FromBytes(dot, "image/png"));
mcp.Tool("play_silence", "Plays nothing.", () => AudioContentBlock.FromBytes(silence, "audio/wav"));
mcp.Prompt("describe_dot", "Asks what is in the picture.", () => new[]
{
    new PromptMessage { Role = Role.User, Content = ImageContentBlock.FromBytes(dot, "image/png") },
    new PromptMessage { Role = Role.User, Content = new TextContentBlock { Text = "What is in this picture?" } },
});
mcp.Resource("media://dot", () => BlobResourceContents.FromBytes(dot, "media://dot", "image/png"), new() { MimeType = "image/png" });
