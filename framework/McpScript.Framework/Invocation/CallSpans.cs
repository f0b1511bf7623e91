using System.Diagnostics;
using System.Text.Json.Nodes;
using McpScript.Catalogs;
using McpScript.Telemetry;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Invocation;

/// <summary>A span and a measurement for each tool call; costs nothing while nobody listens.</summary>
sealed class CallSpans(Served served, TimeProvider time)
{
    /// <summary>The filter; the outermost, so that refused calls are spans too.</summary>
    public McpRequestHandler<CallToolRequestParams, CallToolResult> Filter(McpRequestHandler<CallToolRequestParams, CallToolResult> next) => (request, cancellationToken) =>
        Instruments.ListensToCalls ? ObserveAsync(next, request, cancellationToken) : next(request, cancellationToken);

    async ValueTask<CallToolResult> ObserveAsync(
        McpRequestHandler<CallToolRequestParams, CallToolResult> next, RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        // Asked by this name; a name that nobody serves could be anything, and a collector keeps a line for each.
        var tool = request.Params?.Name is { } asked && served.Catalog.Tools.TryGet(asked, out var item) ? item.Id : "(unknown)";
        using var span = Instruments.Source.StartActivity($"tools/call {tool}", ActivityKind.Server, ParentOf(request.Params?.Meta));
        span?.SetTag("mcp.method.name", RequestMethods.ToolsCall).SetTag("gen_ai.tool.name", tool).SetTag("mcp.protocol.version", request.Server.NegotiatedProtocolVersion);
        string? error = null;
        try
        {
            var result = await next(request, cancellationToken);
            error = result.IsError is true ? "tool_error" : null;
            return result;
        }
        catch (Exception e)
        {
            // The name only: what an exception says may be a secret of the plugin's, and goes to the log.
            error = e is OperationCanceledException ? "cancelled" : e is InputRequiredException ? null : e is McpProtocolException refusal ? $"{(int)refusal.ErrorCode}" : e.GetType().Name;
            throw;
        }
        finally
        {
            if (error is not null)
                span?.SetTag("error.type", error).SetStatus(ActivityStatusCode.Error);
            Instruments.Call(tool, error, time.GetElapsedTime(started));
        }
    }

    /// <summary>The span that a call belongs to: the one that its client names in <c>_meta</c> (W3C trace context); else what surrounds it here, such as the HTTP request.</summary>
    internal static ActivityContext ParentOf(JsonObject? meta)
    {
        var told = ActivityContext.TryParse(Text(meta, "traceparent"), Text(meta, "tracestate"), isRemote: true, out var remote) ? remote : default;
        // The SDK's own span, where somebody collects those, is a child of the client's already.
        return Activity.Current is { } around && (told == default || around.TraceId == told.TraceId) ? around.Context : told;
    }

    static string? Text(JsonObject? meta, string key) => meta?[key] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
