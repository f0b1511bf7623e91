using McpScript.CallLog;
using McpScript.Catalogs;
using McpScript.Loading;
using McpScript.Model;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Invocation;

/// <summary>
/// Runs plugin code for requests of clients: leases one generation, gives the request that generation's services, and cancels it when the generation is
/// unloaded. Thread-safe.
/// </summary>
/// <param name="served">The catalog.</param>
/// <param name="flow">Lets prompts, resources and completions send requests to clients; tool calls pass it as a separate filter, before the lease.</param>
/// <param name="host">Services for the host's own tools.</param>
sealed class PluginInvoker(CurrentCatalog served, InputRequiredFlow flow, IServiceProvider host) : ICallFilter
{
    static readonly string? Sdk = typeof(McpServer).Assembly.GetName().Name;

    /// <summary>Leases the generation that runs a tool call.</summary>
    public ValueTask<CallToolResult> InvokeAsync(CallContext call, CallHandler next, CancellationToken cancellationToken) =>
        LeaseAsync(call, call.FindAgain, (tool, token) =>
        {
            call.Request.MatchedPrimitive = tool;
            return next(call, token);
        }, () =>
        {
            call.Mark(CallErrorKind.UnknownTool);
            return new McpProtocolException($"Unknown tool: '{call.Tool}'", McpErrorCode.InvalidParams);
        }, cancellationToken);

    /// <summary>Runs a prompt, resource or completion in the generation that currently serves it.</summary>
    /// <param name="request">The request; gets the plugin's services.</param>
    /// <param name="find">Finds the item in the current catalog.</param>
    /// <param name="run">Runs it.</param>
    /// <param name="unknown">Creates the error for an unknown item.</param>
    /// <param name="cancellationToken">Token of the request.</param>
    public ValueTask<TResult> RunAsync<TParams, TPrimitive, TResult>(
        RequestContext<TParams> request, Func<CatalogItem<TPrimitive>?> find, Func<TPrimitive, CancellationToken, ValueTask<TResult>> run,
        Func<Exception> unknown, CancellationToken cancellationToken)
        where TParams : RequestParams
        where TPrimitive : IMcpServerPrimitive
    {
        var context = new InvocationContext(request);
        return flow.RunAsync(context, request, token => LeaseAsync(context, find, run, unknown, token), cancellationToken);
    }

    async ValueTask<TResult> LeaseAsync<TPrimitive, TResult>(
        InvocationContext context, Func<CatalogItem<TPrimitive>?> find, Func<TPrimitive, CancellationToken, ValueTask<TResult>> run, Func<Exception> unknown,
        CancellationToken cancellationToken)
        where TPrimitive : IMcpServerPrimitive
    {
        RequestServer.Apply(context);
        while (true)
        {
            if (find() is not { } item)
                throw served.IsClosed ? new McpException("the server is shutting down.") : unknown();
            if (item.Owner is not { } plugin)
                return await RunOwnAsync(context, item.Primitive, run, cancellationToken);
            // Retired between look-up and lease: the catalog has a newer generation already.
            if (plugin.Leases.TryTake() is not { } lease)
                continue;
            using (lease)
                return await RunLeasedAsync(plugin, context, item.Primitive, run, cancellationToken);
        }
    }

    async ValueTask<TResult> RunOwnAsync<TPrimitive, TResult>(
        InvocationContext context, TPrimitive primitive, Func<TPrimitive, CancellationToken, ValueTask<TResult>> run, CancellationToken cancellationToken)
    {
        await using var scope = host.CreateAsyncScope();
        context.Message.Services = scope.ServiceProvider;
        return await run(primitive, cancellationToken);
    }

    static async ValueTask<TResult> RunLeasedAsync<TPrimitive, TResult>(
        Plugin plugin, InvocationContext context, TPrimitive primitive, Func<TPrimitive, CancellationToken, ValueTask<TResult>> run,
        CancellationToken cancellationToken)
    {
        using var execution = PluginExecutionContext.ForRequest(plugin, context.StateKey);
        using var entered = execution.Enter();
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, plugin.Unloading);
        context.BeginLease(plugin);
        await using var scope = plugin.CreateScope();
        context.Message.Services = scope.ServiceProvider;
        try
        {
            return await run(primitive, ends.Token);
        }
        catch (OperationCanceledException) when (plugin.Unloading.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            context.Record?.Failure = CallErrorKind.Cancelled;
            throw new McpException($"plugin '{plugin.Reference}' was unloaded before the call had finished; call again if the tool is still listed.");
        }
        catch (InvalidOperationException e) when (e.Source == Sdk)
        {
            // Expected: the SDK throws this for a client without the capability ("Client does not support elicitation requests."). The model gets the message
            // instead of "An error occurred".
            throw new McpException(e.Message, e);
        }
        finally
        {
            context.EndLease();
        }
    }
}
