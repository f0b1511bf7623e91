using System.Text.Json;
using McpScript.Client.Arguments;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpScript.Client.Output;

/// <summary>Formats content of results, prompts and resources: text as it is, other content as a description.</summary>
/// <param name="saved">Folder for binary content.</param>
sealed class ContentText(SavedFiles saved)
{
    /// <summary>Formats a content block.</summary>
    /// <param name="block">The block.</param>
    /// <param name="name">File name, without extension, if the content is saved.</param>
    public string Of(ContentBlock block, string name) => block switch
    {
        TextContentBlock text => text.Text,
        ImageContentBlock image => Bytes("image", image.MimeType, image.DecodedData, name),
        AudioContentBlock audio => Bytes("audio", audio.MimeType, audio.DecodedData, name),
        EmbeddedResourceBlock embedded => $"[resource {embedded.Resource.Uri}]\n{Of(embedded.Resource)}",
        ResourceLinkBlock link => $"[link {link.Uri}] {link.Title ?? link.Name}{(link.MimeType is { } type ? $" ({type})" : "")}",
        _ => $"[{block.Type}] {JsonSerializer.Serialize(block, McpJsonUtilities.DefaultOptions)}",
    };

    /// <summary>Formats the contents of a resource.</summary>
    public string Of(ResourceContents contents) => contents switch
    {
        TextResourceContents text => text.Text,
        BlobResourceContents blob => Bytes("bytes", blob.MimeType, blob.DecodedData, blob.Uri.Split("://")[^1]),
        _ => JsonSerializer.Serialize(contents, McpJsonUtilities.DefaultOptions),
    };

    /// <summary>Formats the result of a tool call. A text that repeats the structured content is left out; structured content is indented.</summary>
    public IEnumerable<string> Of(CallToolResult result, string tool)
    {
        var structured = result.StructuredContent;
        foreach (var block in result.Content)
            if (structured is not { } json || block is not TextContentBlock text || !Repeats(text.Text, json))
                yield return Of(block, tool);
        if (structured is { } shown)
            yield return Json.Pretty(shown);
    }

    string Bytes(string kind, string? mimeType, ReadOnlyMemory<byte> bytes, string name) =>
        $"[{kind} {mimeType ?? "of unknown type"}, {bytes.Length} bytes{saved.Save(bytes, name, mimeType)}]";

    // Servers wrap results that are not objects as {"result": …}.
    static bool Repeats(string text, JsonElement structured) => Json.TryRead(text) is { } json
        && (JsonElement.DeepEquals(json, structured) || structured.TryGetMember("result", out var wrapped) && JsonElement.DeepEquals(json, wrapped));
}
