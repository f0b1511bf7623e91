using System.Text.Json;
using McpScript.Client.Arguments;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpScript.Client.Output;

/// <summary>Content of results, prompts and resources as text: text as it is, everything else described.</summary>
/// <param name="saved">Where bytes are saved.</param>
sealed class ContentText(SavedFiles saved)
{
    /// <summary>A content block.</summary>
    /// <param name="block">The block.</param>
    /// <param name="name">What it is called if it is saved.</param>
    public string Of(ContentBlock block, string name) => block switch
    {
        TextContentBlock text => text.Text,
        ImageContentBlock image => Bytes("image", image.MimeType, image.DecodedData, name),
        AudioContentBlock audio => Bytes("audio", audio.MimeType, audio.DecodedData, name),
        EmbeddedResourceBlock embedded => $"[resource {embedded.Resource.Uri}]\n{Of(embedded.Resource)}",
        ResourceLinkBlock link => $"[link {link.Uri}] {link.Title ?? link.Name}{(link.MimeType is { } type ? $" ({type})" : "")}",
        _ => $"[{block.Type}] {JsonSerializer.Serialize(block, McpJsonUtilities.DefaultOptions)}",
    };

    /// <summary>The contents of a resource.</summary>
    public string Of(ResourceContents contents) => contents switch
    {
        TextResourceContents text => text.Text,
        BlobResourceContents blob => Bytes("bytes", blob.MimeType, blob.DecodedData, blob.Uri.Split("://")[^1]),
        _ => JsonSerializer.Serialize(contents, McpJsonUtilities.DefaultOptions),
    };

    /// <summary>The result of a tool call. Structured content that a text repeats is shown once, over several lines.</summary>
    public IEnumerable<string> Of(CallToolResult result, string tool)
    {
        var structured = result.StructuredContent;
        foreach (var block in result.Content)
            if (structured is not { } json || block is not TextContentBlock text || !Repeats(text.Text, json))
                yield return Of(block, tool);
        if (structured is { } shown)
            yield return Json.Pretty(shown);
    }

    string Bytes(string kind, string? mimeType, ReadOnlyMemory<byte> bytes, string name) => $"[{kind} {mimeType ?? "of unknown type"}, {bytes.Length} bytes{saved.Save(bytes, name, mimeType)}]";

    static bool Repeats(string text, JsonElement structured) => Json.TryRead(text) is { } json
        && (JsonElement.DeepEquals(json, structured) || structured.TryGetMember("result", out var wrapped) && JsonElement.DeepEquals(json, wrapped));
}
