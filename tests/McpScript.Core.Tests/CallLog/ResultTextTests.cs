using System.Text.Json;
using McpScript.CallLog;
using ModelContextProtocol.Protocol;

namespace McpScript.Core.Tests.CallLog;

public class ResultTextTests
{
    [Fact]
    public void One_text_is_the_text() => Assert.Equal("hello", Of(new TextContentBlock { Text = "hello" }));

    [Fact]
    public void Texts_stand_on_lines_of_their_own() =>
        Assert.Equal("a\nb\nc", Of(new TextContentBlock { Text = "a" }, new TextContentBlock { Text = "b" }, new TextContentBlock { Text = "c" }));

    [Fact]
    public void Content_that_is_not_text_is_named()
    {
        Assert.Equal("[image image/png]", Of(new ImageContentBlock { Data = new byte[] { 1 }, MimeType = "image/png" }));
        Assert.Equal("[audio audio/wav]", Of(new AudioContentBlock { Data = new byte[] { 1 }, MimeType = "audio/wav" }));
        Assert.Equal("[resource demo://a]", Of(new EmbeddedResourceBlock { Resource = new TextResourceContents { Uri = "demo://a", Text = "hidden" } }));
        Assert.Equal("[resource demo://b]", Of(new ResourceLinkBlock { Uri = "demo://b", Name = "b" }));
    }

    [Fact]
    public void A_text_beside_something_else_is_kept() =>
        Assert.Equal(
            "[image image/png]\nbelow", Of(new ImageContentBlock { Data = new byte[] { 1 }, MimeType = "image/png" }, new TextContentBlock { Text = "below" }));

    [Fact]
    public void Without_blocks_the_structured_content_is_the_text()
    {
        Assert.Equal("""{"a":1}""", ResultText.Of(new() { Content = [], StructuredContent = JsonElement.Parse("""{"a":1}""") }, 100, out _));
        Assert.Equal("", ResultText.Of(new() { Content = [] }, 100, out var length));
        Assert.Equal(0, length);
    }

    [Fact]
    public void Only_the_beginning_is_given_and_the_length_of_the_whole()
    {
        Assert.Equal("abc", ResultText.Of(new() { Content = [new TextContentBlock { Text = "abcdef" }] }, 3, out var length));
        Assert.Equal(6, length);
    }

    [Fact]
    public void An_exception_is_its_type_and_its_message() => Assert.Equal("ArgumentException: too long", ResultText.Of(new ArgumentException("too long")));

    [Fact]
    public void An_exception_whose_message_cannot_be_read_is_its_type() => Assert.Equal(nameof(UnreadableException), ResultText.Of(new UnreadableException()));

    static string Of(params ContentBlock[] blocks) => ResultText.Of(new() { Content = blocks }, 100, out _);
}
