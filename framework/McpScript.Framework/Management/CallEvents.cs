using McpScript.CallLog;

namespace McpScript.Management;

/// <summary>Publishes an event for each finished call: names and types, never values.</summary>
sealed class CallEvents(ProxyEvents events) : IToolCallLogger
{
    /// <inheritdoc/>
    public void Write(ToolCall call)
    {
        // Mostly there is no follower, and then no event is built.
        if (!events.AreFollowed)
            return;
        events.Publish("call", new
        {
            tool = call.Tool,
            plugin = call.Plugin,
            principal = call.Principal,
            arguments = call.Params.ToDictionary(argument => argument.Key, argument => argument.Value.ValueKind.ToString().ToLowerInvariant()),
            result_length = call.ResultLength,
            ok = call.Ok,
            error = call.Ok ? null : call.Error.ToString(),
            duration_ms = call.Duration?.TotalMilliseconds,
        });
    }
}
