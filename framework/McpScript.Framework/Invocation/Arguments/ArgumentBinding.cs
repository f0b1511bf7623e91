using System.Text.Json;
using McpScript.CallLog;
using McpScript.Loading.Primitives;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Invocation.Arguments;

/// <summary>
/// Explains arguments that fit the schema and still cannot be read as the method's parameters, which the SDK would hide as "An error occurred".
/// </summary>
/// <remarks>
/// The innermost step, so that only the tool itself has run inside. When a call has failed, its arguments are read once more: if one cannot be read, the
/// method has never run, and the failure is the caller's. If all can be read, it is the plugin's own exception, whatever its type.
/// </remarks>
sealed partial class ArgumentBinding(ILogger<ArgumentBinding> log) : ICallFilter
{
    /// <inheritdoc/>
    public ValueTask<CallToolResult> InvokeAsync(CallContext call, CallHandler next, CancellationToken cancellationToken)
    {
        // Most calls are done, or at least bound, when this returns; only what fails costs more.
        var running = next(call, cancellationToken);
        return running.IsCompletedSuccessfully ? running : ExplainAsync(running, call);
    }

    async ValueTask<CallToolResult> ExplainAsync(ValueTask<CallToolResult> running, CallContext call)
    {
        try
        {
            return await running;
        }
        catch (Exception e) when (e is not (McpException or OperationCanceledException or InputRequiredException) && Problems(call.Request) is { Count: > 0 } problems)
        {
            // Not the plugin's failure: nothing of it goes to the log as an error.
            return InvalidArguments.Result(call, call.Tool, problems);
        }
    }

    List<string> Problems(RequestContext<CallToolRequestParams> request)
    {
        if (request.MatchedPrimitive is not McpServerTool tool || request.Params?.Arguments is not { Count: > 0 } arguments || ToolBinding.Of(tool) is not { } binding)
            return [];
        var problems = new List<string>();
        foreach (var (name, type) in binding.Parameters())
            if (arguments.TryGetValue(name, out var value) && Problem(name, type, value, binding.Json, !GateCodes.MayBeOf(tool.ProtocolTool.Name)) is { } problem)
                problems.Add(problem);
        return problems;
    }

    string? Problem(string name, Type type, JsonElement value, JsonSerializerOptions json, bool showValues)
    {
        // Services are parameters too, and may have the name of an argument; those are never read from JSON.
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
            // A constructor or converter of the plugin's that throws: its author may want to know.
            Refused(name, e.GetType().Name, e.Message);
            return $"'{name}' cannot be read: {ArgumentText.Came(value, showValues)} came.";
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Argument '{Name}' cannot be read: {Reason}")]
    partial void Unread(string name, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Argument '{Name}' cannot be read: {Kind}: {Reason}")]
    partial void Refused(string name, string kind, string reason);
}
