using System.Text.Json;
using McpScript.CallLog;
using McpScript.Catalogs;
using McpScript.Invocation;
using ModelContextProtocol.Protocol;

namespace McpScript.Management;

/// <summary><c>proxy__run</c>: calls tools that were loaded after start-up, for clients that do not update their list of tools.</summary>
/// <remarks>Redirects the call before the other filters, so that lease, checks, gate and log see the actual tool; its result is unchanged.</remarks>
sealed class DynamicDispatch(CurrentCatalog served, StaticTools statics) : ICallFilter
{
    /// <summary>Name of the tool.</summary>
    public const string Name = "proxy__run";

    /// <summary>Redirects a call of <c>proxy__run</c>. Runs before all filters that depend on the tool's name.</summary>
    public ValueTask<CallToolResult> InvokeAsync(CallContext call, CallHandler next, CancellationToken cancellationToken)
    {
        if (call.Tool != Name || call.Item is null)
            return next(call, cancellationToken);
        if (Refusal(call.Arguments, out var target) is { } refusal)
            return new(call.Fail(CallErrorKind.Refused, refusal));
        call.Redirect(target.Tool, target.Arguments, via: Name);
        return next(call, cancellationToken);
    }

    string? Refusal(IDictionary<string, JsonElement>? given, out (string Tool, IDictionary<string, JsonElement>? Arguments) call)
    {
        call = default;
        if (given?.TryGetValue("tool", out var tool) is not true || tool.ValueKind != JsonValueKind.String)
            return "Error: 'tool' is missing; it should be the name of a dynamic tool. proxy__tools(dynamic_only=true) lists them.";
        if (given.TryGetValue("arguments", out var arguments) && arguments.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null))
            return "Error: 'arguments' should be an object with the tool's arguments by name.";
        var name = tool.GetString()!;
        if (!served.Catalog.Tools.TryGet(name, out var item) || item.Owner is not { } owner)
            return $"Error: '{name}' not found. Available dynamic tools: {(Dynamic() is { Length: > 0 } names ? names : "(none)")}";
        if (statics.Has(owner.Reference, name))
            return $"Error: '{name}' is a static tool — call it directly, not via proxy__run.";
        var named = arguments.ValueKind == JsonValueKind.Object
            ? arguments.EnumerateObject().ToDictionary(member => member.Name, member => member.Value)
            : null;
        call = (name, named);
        return null;
    }

    string Dynamic() => string.Join(
        ", ", served.Catalog.Tools.Items.Where(item => item.Owner is { } owner && !statics.Has(owner.Reference, item.Id)).Select(item => item.Id));
}
