using System.Runtime.Loader;
using System.Text.Json;
using System.Text.Json.Serialization;
using McpScript.Protocol;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpScript.Core.Tests.Protocol;

public class SdkContentTests
{
    [Fact]
    public void Content_with_annotations_and_links_with_icons_can_be_sent()
    {
        SdkContent.Repair();
        ContentBlock[] content =
        [
            new TextContentBlock { Text = "hello", Annotations = new() { Priority = 0.5f } },
            new ResourceLinkBlock { Name = "link", Uri = "demo://link", Icons = [new() { Source = "https://example.com/icon.png" }] },
        ];

        var json = JsonSerializer.Serialize(new CallToolResult { Content = content }, ContextOf(McpJsonUtilities.DefaultOptions).Options);

        Assert.Contains("\"priority\":0.5", json);
        Assert.Contains("https://example.com/icon.png", json);
    }

    [Fact]
    public void The_sdk_has_the_private_cache_that_the_repair_needs() => Assert.True(
        SdkContent.IsRepaired,
        "This version of the SDK has no ContentBlock.Converter.s_nestedOptions. If it can send annotations, delete SdkContent; else adapt it.");

    [Fact]
    public void The_sdk_still_has_the_error_that_is_repaired()
    {
        // A second copy of the SDK, which nothing has repaired.
        var copy = new AssemblyLoadContext("unrepaired").LoadFromAssemblyPath(typeof(ContentBlock).Assembly.Location);
        Type TypeOf(string name) => copy.GetType(name, throwOnError: true)!;
        var options = (JsonSerializerOptions)TypeOf(typeof(McpJsonUtilities).FullName!).GetProperty(nameof(McpJsonUtilities.DefaultOptions))!.GetValue(null)!;
        var block = Activator.CreateInstance(TypeOf(typeof(TextContentBlock).FullName!))!;
        block.GetType().GetProperty(nameof(TextContentBlock.Text))!.SetValue(block, "hello");
        block.GetType().GetProperty(nameof(ContentBlock.Annotations))!.SetValue(block, Activator.CreateInstance(TypeOf(typeof(Annotations).FullName!)));

        var thrown = Record.Exception(() => JsonSerializer.Serialize(block, TypeOf(typeof(ContentBlock).FullName!), ContextOf(options).Options));

        Assert.True(
            thrown is InvalidOperationException,
            "This version of the SDK can send annotations. Delete SdkContent, its calls in McpServers and mcp-client, and these tests.");
    }

    static JsonSerializerContext ContextOf(JsonSerializerOptions options) => options.TypeInfoResolverChain.OfType<JsonSerializerContext>().First();
}
