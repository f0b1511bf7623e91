using System.Runtime.InteropServices;
using System.Text;
using ModelContextProtocol.Protocol;

namespace McpScript.Invocation.Limits;

/// <summary>Computes the size of a result: its texts, its media as sent (base64), its structured content.</summary>
static class ResultSize
{
    /// <summary>Returns the size in bytes, without the surrounding JSON.</summary>
    public static long Of(CallToolResult result)
    {
        long size = result.StructuredContent is { } structured ? JsonMarshal.GetRawUtf8Value(structured).Length : 0;
        foreach (var block in result.Content)
            size += block switch
            {
                TextContentBlock text => Encoding.UTF8.GetByteCount(text.Text),
                ImageContentBlock image => image.Data.Length,
                AudioContentBlock audio => audio.Data.Length,
                EmbeddedResourceBlock { Resource: TextResourceContents text } => Encoding.UTF8.GetByteCount(text.Text),
                EmbeddedResourceBlock { Resource: BlobResourceContents blob } => blob.Blob.Length,
                _ => 0,
            };
        return size;
    }
}
