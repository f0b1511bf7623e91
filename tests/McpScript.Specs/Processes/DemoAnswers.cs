using McpScript.Testing;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpScript.Specs.Processes;

/// <summary>Answers of the demo plugins: the same as those of the Python original.</summary>
static class DemoAnswers
{
    /// <summary>Lists and uses all that they offer.</summary>
    public static async Task CheckAsync(McpClient client)
    {
        Assert.Equal("demo_time echo echo_upper greet", await client.ToolNamesAsync());
        Assert.Equal("echo: hi", await client.SayAsync("echo", ("message", "hi")));
        Assert.Equal("ECHO: HI THERE", await client.SayAsync("echo_upper", ("message", "hi there")));
        Assert.Equal("Hello, Ada!", await client.SayAsync("greet", ("name", "Ada")));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$", await client.SayAsync("demo_time"));
        await CheckResourceAsync(client);
        await CheckPromptAsync(client);
    }

    static async Task CheckResourceAsync(McpClient client)
    {
        var resource = Assert.Single(await client.ListResourcesAsync().AsTask().WaitAsync(TestHost.Patience));
        Assert.Equal("demo://status", resource.Uri);
        var read = await client.ReadResourceAsync("demo://status").AsTask().WaitAsync(TestHost.Patience);
        var content = Assert.IsType<TextResourceContents>(Assert.Single(read.Contents));
        Assert.Equal(("ok", "text/plain"), (content.Text, content.MimeType));
    }

    static async Task CheckPromptAsync(McpClient client)
    {
        var prompt = Assert.Single(await client.ListPromptsAsync().AsTask().WaitAsync(TestHost.Patience));
        Assert.Equal("demo_summarize", prompt.Name);
        Assert.Equal("text", Assert.Single(prompt.ProtocolPrompt.Arguments!).Name);
        var got = await client.GetPromptAsync("demo_summarize", new Dictionary<string, object?> { ["text"] = "A long story." }).AsTask()
            .WaitAsync(TestHost.Patience);
        var message = Assert.Single(got.Messages);
        Assert.Equal("Please summarize the following text concisely:\n\nA long story.", Assert.IsType<TextContentBlock>(message.Content).Text);
    }
}
