using System.Text;
using ModelContextProtocol.Protocol;

namespace McpScript.CallLog;

/// <summary>Converts the answer of a call to text.</summary>
static class ResultText
{
    /// <summary>Returns the beginning of an answer's text; other content is described in brackets.</summary>
    /// <param name="result">The answer.</param>
    /// <param name="most">The largest number of characters.</param>
    /// <param name="length">The length of the complete text.</param>
    public static string Of(CallToolResult result, int most, out int length)
    {
        var text = result.Content switch
        {
            null or [] => result.StructuredContent?.GetRawText() ?? "",
            [TextContentBlock block] => block.Text ?? "",
            var blocks => All(blocks),
        };
        length = text.Length;
        return Truncation.Beginning(text, most);
    }

    /// <summary>Returns the type and message of an exception.</summary>
    public static string Of(Exception thrown)
    {
        try
        {
            return $"{thrown.GetType().Name}: {thrown.Message}";
        }
        catch (Exception)
        {
            // The Message property of a plugin's exception may throw.
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
