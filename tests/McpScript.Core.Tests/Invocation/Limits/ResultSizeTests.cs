using System.Text.Json;
using McpScript.Invocation.Limits;
using ModelContextProtocol.Protocol;

namespace McpScript.Core.Tests.Invocation.Limits;

/// <summary>A result counts what a client is sent of it, without the JSON around.</summary>
public class ResultSizeTests
{
    [Fact]
    public void An_empty_result_has_no_size() => Assert.Equal(0, ResultSize.Of(new() { Content = [] }));

    [Fact]
    public void Texts_count_in_bytes() => Assert.Equal(8, Size(new TextContentBlock { Text = "grüße" }, new TextContentBlock { Text = "x" }));

    [Fact]
    public void Images_and_sounds_count_as_they_are_encoded()
    {
        Assert.Equal(4, Size(new ImageContentBlock { Data = "QUJD"u8.ToArray(), MimeType = "image/png" }));
        Assert.Equal(8, Size(new AudioContentBlock { Data = "QUJDREU="u8.ToArray(), MimeType = "audio/wav" }));
    }

    [Fact]
    public void Embedded_resources_count_by_their_content()
    {
        Assert.Equal(6, Size(new EmbeddedResourceBlock { Resource = new TextResourceContents { Uri = "file:///a", Text = "grün." } }));
        Assert.Equal(4, Size(new EmbeddedResourceBlock { Resource = new BlobResourceContents { Uri = "file:///a", Blob = "QUJD"u8.ToArray() } }));
    }

    [Fact]
    public void A_link_counts_nothing() =>
        Assert.Equal(1, Size(new ResourceLinkBlock { Uri = "file:///a/long/path", Name = "long" }, new TextContentBlock { Text = "x" }));

    [Fact]
    public void Structured_content_counts_as_it_is_written_beside_the_texts() =>
        Assert.Equal(16, ResultSize.Of(new()
        {
            Content = [new TextContentBlock { Text = "four" }],
            StructuredContent = JsonElement.Parse("""{"a":"grü"}""")
        }));

    static long Size(params ContentBlock[] content) => ResultSize.Of(new() { Content = [.. content] });
}
