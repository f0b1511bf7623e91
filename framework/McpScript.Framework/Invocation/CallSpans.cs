using System.Diagnostics;
using System.Text.Json.Nodes;
using McpScript.Telemetry;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpScript.Invocation;

/// <summary>Span and duration of each tool call; costs nothing without a listener. Thread-safe.</summary>
sealed class CallSpans(TimeProvider time) : ICallFilter
{
    /// <inheritdoc/>
    public ValueTask<CallToolResult> InvokeAsync(CallContext call, CallHandler next, CancellationToken cancellationToken) =>
        Instruments.ListensToCalls ? ObserveAsync(call, next, cancellationToken) : next(call, cancellationToken);

    async ValueTask<CallToolResult> ObserveAsync(CallContext call, CallHandler next, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var request = call.Request;
        // Names of unknown tools are the client's choice, and a collector keeps a series for each.
        var tool = call.Item?.Id ?? "(unknown)";
        using var span = Instruments.Source.StartActivity($"tools/call {tool}", ActivityKind.Server, ParentOf(request.Params?.Meta));
        span?.SetTag("mcp.method.name", RequestMethods.ToolsCall).SetTag("gen_ai.tool.name", tool).SetTag("mcp.protocol.version", request.Server.NegotiatedProtocolVersion);
        string? error = null;
        try
        {
            var result = await next(call, cancellationToken);
            error = result.IsError is true ? "tool_error" : null;
            return result;
        }
        catch (Exception e)
        {
            // The type only: the message may hold a secret of the plugin's, and goes to the log.
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

    /// <summary>
    /// The span that a call belongs to: the one that its client names in <c>_meta</c> (W3C trace context); else what surrounds it here, such as the HTTP
    /// request.
    /// </summary>
    internal static ActivityContext ParentOf(JsonObject? meta)
    {
        var told = ActivityContext.TryParse(Text(meta, "traceparent"), Text(meta, "tracestate"), isRemote: true, out var remote) ? remote : default;
        // The SDK's own span, if it is collected, is a child of the client's already.
        return Activity.Current is { } around && (told == default || around.TraceId == told.TraceId) ? around.Context : told;
    }

    static string? Text(JsonObject? meta, string key) => meta?[key] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
