using System.Text.Json;
using McpScript.CallLog;
using McpScript.Loading.Primitives;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Invocation.Arguments;

/// <summary>
/// Describes arguments that fit the schema but cannot be converted to the method's parameters, which the SDK would report as "An error occurred".
/// Thread-safe.
/// </summary>
/// <remarks>
/// The innermost filter, so that only the tool itself has run inside. When a call has failed, its arguments are converted once more: if that fails, the
/// method has never run, and the error is the caller's. If it succeeds, the exception is the plugin's own, whatever its type.
/// </remarks>
sealed partial class ArgumentBinding(ILogger<ArgumentBinding> log) : ICallFilter
{
    /// <inheritdoc/>
    public ValueTask<CallToolResult> InvokeAsync(CallContext call, CallHandler next, CancellationToken cancellationToken)
    {
        // Most calls have completed, or at least been bound, when this returns; only failed calls cost more.
        var running = next(call, cancellationToken);
        return running.IsCompletedSuccessfully ? running : ExplainAsync(running, call);
    }

    async ValueTask<CallToolResult> ExplainAsync(ValueTask<CallToolResult> running, CallContext call)
    {
        try
        {
            return await running;
        }
        catch (Exception e) when (e is not (McpException or OperationCanceledException or InputRequiredException)
            && Problems(call.Request) is { Count: > 0 } problems)
        {
            // The caller's error, so it is not logged as a failure of the plugin.
            return InvalidArguments.Result(call, call.Tool, problems);
        }
    }

    List<string> Problems(RequestContext<CallToolRequestParams> request)
    {
        if (request.MatchedPrimitive is not McpServerTool tool || request.Params?.Arguments is not { Count: > 0 } arguments
            || ToolBinding.Of(tool) is not { } binding)
            return [];
        var problems = new List<string>();
        var showValues = !GateCodes.MayBeOf(tool.ProtocolTool.Name);
        foreach (var (name, type) in binding.Parameters())
            if (arguments.TryGetValue(name, out var value) && Problem(name, type, value, binding.Json, showValues) is { } problem)
                problems.Add(problem);
        return problems;
    }

    string? Problem(string name, Type type, JsonElement value, JsonSerializerOptions json, bool showValues)
    {
        // Services are parameters too, and an argument may have the name of one; services are never read from JSON.
        try
        {
            value.Deserialize(json.GetTypeInfo(type));
            return null;
        }
        catch (JsonException e)
        {
            Unread(name, e.Message);
            return new JsonMisfit(type, json).Text(name, value, e, showValues);
        }
        catch (Exception e)
        {
            // A constructor or converter of the plugin has thrown: logged for the plugin's author.
            Refused(name, e.GetType().Name, e.Message);
            return $"'{name}' cannot be read: {ArgumentText.Came(value, showValues)} came.";
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Argument '{Name}' cannot be read: {Reason}")]
    partial void Unread(string name, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Argument '{Name}' cannot be read: {Kind}: {Reason}")]
    partial void Refused(string name, string kind, string reason);
}
