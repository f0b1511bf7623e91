using System.Text;
using ModelContextProtocol.Protocol;

namespace McpScript.CallLog;

/// <summary>A call's answer as text.</summary>
static class ResultText
{
    /// <summary>The beginning of an answer's text; what is no text is named.</summary>
    /// <param name="result">The answer.</param>
    /// <param name="most">How much of it is wanted.</param>
    /// <param name="length">How long the whole of it is.</param>
    public static string Of(CallToolResult result, int most, out int length)
    {
        var text = result.Content switch
        {
            null or [] => result.StructuredContent?.GetRawText() ?? "",
            [TextContentBlock block] => block.Text ?? "",
            var blocks => All(blocks),
        };
        length = text.Length;
        return Cut.Beginning(text, most);
    }

    /// <summary>What an exception says.</summary>
    public static string Of(Exception thrown)
    {
        try
        {
            return $"{thrown.GetType().Name}: {thrown.Message}";
        }
        catch (Exception)
        {
            // A plugin's exception may throw where it should explain itself.
            return thrown.GetType().Name;
        }
    }

    static string All(IList<ContentBlock> blocks)
    {
        var text = new StringBuilder();
        foreach (var block in blocks)
            text.Append(text.Length == 0 ? "" : "\n").Append(block is TextContentBlock { Text: var words } ? words : Name(block));
        return text.ToString();
    }

    static string Name(ContentBlock? block) => block switch
    {
        ImageContentBlock image => $"[image {image.MimeType}]",
        AudioContentBlock audio => $"[audio {audio.MimeType}]",
        EmbeddedResourceBlock { Resource: { } resource } => $"[resource {resource.Uri}]",
        ResourceLinkBlock link => $"[resource {link.Uri}]",
        _ => $"[{block?.Type}]",
    };
}
