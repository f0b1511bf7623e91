using McpScript.CallLog;
using McpScript.Catalogs;
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
    /// <summary>Runs a tool call in the generation that currently serves the tool.</summary>
    public async ValueTask<CallToolResult> InvokeAsync(CallContext call, CallHandler next, CancellationToken cancellationToken)
    {
        RequestServer.Apply(call);
        while (true)
        {
            var item = call.FindAgain() ?? throw UnknownTool(call);
            // Retired between look-up and lease: the catalog has a newer generation already.
            if (InvocationScope.TryEnter(call, item.Owner, host, cancellationToken) is not { } entered)
                continue;
            await using var scope = entered;
            call.Request.MatchedPrimitive = item.Primitive;
            try
            {
                return await next(call, scope.Token);
            }
            catch (Exception e) when (scope.ErrorFor(e) is { } error)
            {
                throw error;
            }
        }
    }

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
        return flow.RunAsync(context, request, token => RunAsync(context, find, run, unknown, token), cancellationToken);
    }

    async ValueTask<TResult> RunAsync<TPrimitive, TResult>(
        InvocationContext context, Func<CatalogItem<TPrimitive>?> find, Func<TPrimitive, CancellationToken, ValueTask<TResult>> run, Func<Exception> unknown,
        CancellationToken cancellationToken)
        where TPrimitive : IMcpServerPrimitive
    {
        RequestServer.Apply(context);
        while (true)
        {
            var item = find() ?? throw (served.IsClosed ? Closed() : unknown());
            if (InvocationScope.TryEnter(context, item.Owner, host, cancellationToken) is not { } entered)
                continue;
            await using var scope = entered;
            try
            {
                return await run(item.Primitive, scope.Token);
            }
            catch (Exception e) when (scope.ErrorFor(e) is { } error)
            {
                throw error;
            }
        }
    }

    Exception UnknownTool(CallContext call)
    {
        if (served.IsClosed)
            return Closed();
        call.Mark(CallErrorKind.UnknownTool);
        return new McpProtocolException($"Unknown tool: '{call.Tool}'", McpErrorCode.InvalidParams);
    }

    static McpException Closed() => new("the server is shutting down.");
}
