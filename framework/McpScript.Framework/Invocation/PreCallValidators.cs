using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Text.Json;
using McpScript.Catalogs;
using McpScript.Loading;
using McpScript.Model;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpScript.Invocation;

/// <summary>
/// Runs the validators before each tool call: those of the host, of the plugins listed in the configuration, and of the tool's own plugin. The first
/// refusal decides. Thread-safe.
/// </summary>
/// <remarks>Fails closed: a listed plugin that is not loaded, or a validator that throws, refuses the call.</remarks>
/// <param name="served">The catalog.</param>
/// <param name="host">Validators of the host.</param>
/// <param name="listed">Returns the plugins whose validators check the calls of all tools.</param>
/// <param name="log">Receives failures of validators.</param>
sealed partial class PreCallValidators(
    CurrentCatalog served, IReadOnlyList<PreCallValidator> host, Func<ImmutableArray<PluginReference>> listed, ILogger log) : ICallFilter
{
    static readonly IReadOnlyDictionary<string, JsonElement> None = ReadOnlyDictionary<string, JsonElement>.Empty;

    /// <inheritdoc/>
    public ValueTask<CallToolResult> InvokeAsync(CallContext call, CallHandler next, CancellationToken cancellationToken) =>
        host.Count == 0 && listed().IsEmpty && call.Plugin is not { Validators.Count: > 0 }
            ? next(call, cancellationToken)
            : ValidateAsync(call, next, cancellationToken);

    async ValueTask<CallToolResult> ValidateAsync(CallContext context, CallHandler next, CancellationToken cancellationToken)
    {
        var called = context.Plugin;
        var arguments = context.Arguments is { Count: > 0 } given ? new ReadOnlyDictionary<string, JsonElement>(given) : None;
        var call = new PendingCall(context.Tool, arguments, called?.Reference.Name, context.Request.User);
        var refusal = await RunAsync(host, "the host", call, cancellationToken)
            ?? await RunListedAsync(context, call, cancellationToken)
            ?? (called is null ? null : await RunAsync(called.Validators, Owner(called), call, cancellationToken));
        return refusal is null ? await next(context, cancellationToken) : context.Reject(refusal);
    }

    async ValueTask<string?> RunListedAsync(CallContext context, PendingCall call, CancellationToken cancellationToken)
    {
        foreach (var reference in listed())
        {
            // The called plugin's own validators run separately, under the lease of the call.
            if (!reference.Equals(context.Plugin?.Reference) && await RunOtherAsync(reference, context, call, cancellationToken) is { } refusal)
                return refusal;
        }
        return null;
    }

    async ValueTask<string?> RunOtherAsync(PluginReference reference, CallContext context, PendingCall call, CancellationToken cancellationToken)
    {
        while (served.Catalog.Find(reference) is { } plugin)
        {
            if (plugin.Leases.TryTake() is not { } lease)
                continue;
            using (lease)
            {
                using var execution = PluginExecutionContext.ForRequest(plugin, context.StateKey);
                using var entered = execution.Enter();
                using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, plugin.Unloading);
                return await RunAsync(plugin.Validators, Owner(plugin), call, ends.Token);
            }
        }
        return $"plugin '{reference}' has to validate every call ('validators' in the configuration), and it is not loaded.";
    }

    async ValueTask<string?> RunAsync(IReadOnlyList<PreCallValidator> validators, string owner, PendingCall call, CancellationToken cancellationToken)
    {
        foreach (var validator in validators)
        {
            try
            {
                if (await validator(call, cancellationToken) is { } refusal)
                    return refusal;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                throw;
            }
            catch (McpException e)
            {
                // A refusal with a message for the model.
                return e.Message;
            }
            catch (Exception e)
            {
                // The validator might have refused, so the call does not run.
                Failed(owner, call.Tool, ExceptionText.Of(e));
                return $"the validator of {owner} failed; the server's log says why.";
            }
        }
        return null;
    }

    static string Owner(Plugin plugin) => $"plugin '{plugin.Reference}'";

    [LoggerMessage(Level = LogLevel.Error, Message = "A validator of {Owner} failed at a call of '{Tool}', which was refused.")]
    partial void Failed(string owner, string tool, Exception exception);
}
