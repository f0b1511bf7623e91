using ModelContextProtocol.Server;

namespace McpScript.Invocation;

/// <summary>Remembers of a call the tool through which it came, as through proxy__run, which the request does not show any more.</summary>
static class OuterTool
{
    const string ItemKey = "McpScript.OuterTool";

    /// <summary>It came through a tool.</summary>
    public static void Note(MessageContext request, string tool) => request.Items[ItemKey] = tool;

    /// <summary>The tool through which it came; null if it came by itself.</summary>
    public static string? Of(MessageContext request) =>
        // Not request.Items: reading it makes a dictionary for every call.
        request.JsonRpcMessage.Context?.Items is { } items && items.TryGetValue(ItemKey, out var tool) ? tool as string : null;
}
