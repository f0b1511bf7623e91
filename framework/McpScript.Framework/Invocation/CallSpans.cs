using System.Diagnostics;
using System.Text.Json.Nodes;
using McpScript.Telemetry;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpScript.Invocation;

/// <summary>Records a span and the duration of each tool call. Thread-safe.</summary>
sealed class CallSpans(TimeProvider time) : ICallFilter
{
    /// <inheritdoc/>
    public async ValueTask<CallToolResult> InvokeAsync(CallContext call, CallHandler next, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var request = call.Request;
        // Clients choose the names of unknown tools, and a collector keeps one series per name.
        var tool = call.Item?.Id ?? "(unknown)";
        using var span = Instruments.Source.StartActivity($"tools/call {tool}", ActivityKind.Server, ParentOf(request.Params?.Meta));
        span?.SetTag("mcp.method.name", RequestMethods.ToolsCall).SetTag("gen_ai.tool.name", tool)
            .SetTag("mcp.protocol.version", request.Server.NegotiatedProtocolVersion);
        string? error = null;
        try
        {
            var result = await next(call, cancellationToken);
            error = result.IsError is true ? "tool_error" : null;
            return result;
        }
        catch (Exception e)
        {
            // The type only: the message may hold a secret of the plugin; it goes to the log.
            error = ErrorTypeOf(e);
            throw;
        }
        finally
        {
            if (error is not null)
                span?.SetTag("error.type", error).SetStatus(ActivityStatusCode.Error);
            Instruments.Call(tool, error, time.GetElapsedTime(started));
        }
    }

    static string? ErrorTypeOf(Exception thrown) => thrown switch
    {
        OperationCanceledException => "cancelled",
        InputRequiredException => null,
        McpProtocolException refusal => $"{(int)refusal.ErrorCode}",
        _ => thrown.GetType().Name,
    };

    /// <summary>
    /// Returns the parent of a call's span: the span that the client names in <c>_meta</c> (W3C trace context), else the current activity, such as the HTTP
    /// request.
    /// </summary>
    internal static ActivityContext ParentOf(JsonObject? meta)
    {
        var named = ActivityContext.TryParse(Text(meta, "traceparent"), Text(meta, "tracestate"), isRemote: true, out var remote) ? remote : default;
        // The SDK's own span, if it is collected, is already a child of the client's span.
        return Activity.Current is { } around && (named == default || around.TraceId == named.TraceId) ? around.Context : named;
    }

    static string? Text(JsonObject? meta, string key) => meta?[key] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
