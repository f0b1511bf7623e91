using McpScript.CallLog;
using McpScript.Loading;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using McpScript.Catalogs;

namespace McpScript.Invocation;

/// <summary>The only way into plugin code from a client: takes a lease on one generation, gives the call that generation's services, and ends it when the generation must go.</summary>
/// <param name="served">What is served.</param>
/// <param name="rounds">Asks clients in the middle of a call.</param>
/// <param name="sessions">Knows which client a request belongs to.</param>
/// <param name="host">The services of what the host itself offers.</param>
sealed class PluginCalls(Served served, InputRounds rounds, ClientSessions sessions, IServiceProvider host)
{
    static readonly string? s_sdk = typeof(McpServer).Assembly.GetName().Name;

    /// <summary>The lease of a tool call: from here on, one generation.</summary>
    public McpRequestHandler<CallToolRequestParams, CallToolResult> Lease(McpRequestHandler<CallToolRequestParams, CallToolResult> next) => (request, cancellationToken) =>
    {
        var name = request.Params?.Name ?? "";
        return RunAsync(request, () => served.Catalog.Tools.TryGet(name, out var item) ? item : null, (tool, ct) =>
        {
            request.MatchedPrimitive = tool;
            return next(request, ct);
        }, () =>
        {
            CallRecord.Of(request)?.Failure = CallErrorKind.UnknownTool;
            return new McpProtocolException($"Unknown tool: '{name}'", McpErrorCode.InvalidParams);
        }, cancellationToken);
    };

    /// <summary>Runs one request in the generation that serves it now.</summary>
    /// <param name="request">The request; its services become the plugin's.</param>
    /// <param name="find">Finds the item in the catalog served now.</param>
    /// <param name="run">Runs it.</param>
    /// <param name="unknown">Makes the error for an item that is not there.</param>
    /// <param name="cancellationToken">The client's.</param>
    public ValueTask<TResult> RunAsync<TParams, TPrimitive, TResult>(
        RequestContext<TParams> request, Func<CatalogItem<TPrimitive>?> find, Func<TPrimitive, CancellationToken, ValueTask<TResult>> run, Func<Exception> unknown,
        CancellationToken cancellationToken)
        where TParams : RequestParams
        where TPrimitive : IMcpServerPrimitive =>
        rounds.RunAsync(request, (round, ct) => RunInAsync(round, find, run, unknown, ct), cancellationToken);

    async ValueTask<TResult> RunInAsync<TParams, TPrimitive, TResult>(
        RequestContext<TParams> request, Func<CatalogItem<TPrimitive>?> find, Func<TPrimitive, CancellationToken, ValueTask<TResult>> run, Func<Exception> unknown,
        CancellationToken cancellationToken)
        where TPrimitive : IMcpServerPrimitive
    {
        while (true)
        {
            if (find() is not { } item)
                throw served.IsClosed ? new McpException("the server is shutting down.") : unknown();
            if (item.Owner is not { } plugin)
                return await RunOwnAsync(request, item.Primitive, run, cancellationToken);
            // Retired between looking up and leasing: the catalog has moved on already, so look again.
            if (plugin.Leases.TryTake() is not { } lease)
                continue;
            using (lease)
                return await RunLeasedAsync(plugin, request, item.Primitive, run, cancellationToken);
        }
    }

    async ValueTask<TResult> RunOwnAsync<TParams, TPrimitive, TResult>(
        RequestContext<TParams> request, TPrimitive primitive, Func<TPrimitive, CancellationToken, ValueTask<TResult>> run, CancellationToken cancellationToken)
    {
        await using var scope = host.CreateAsyncScope();
        request.Services = scope.ServiceProvider;
        return await run(primitive, cancellationToken);
    }

    async ValueTask<TResult> RunLeasedAsync<TParams, TPrimitive, TResult>(
        Plugin plugin, RequestContext<TParams> request, TPrimitive primitive, Func<TPrimitive, CancellationToken, ValueTask<TResult>> run, CancellationToken cancellationToken)
    {
        using var call = new CallScope(plugin, sessions.OwnerOf(request));
        using var flow = PluginFlow.Enter(call);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, plugin.Unloading);
        CallRecord.Of(request)?.Plugin = plugin.Reference.Name;
        (request.Server as AskingServer)?.Call.EndWith(plugin.Leases, plugin.Retiring);
        RequestLogLevel.Apply(request);
        await using var scope = plugin.CreateScope();
        request.Services = scope.ServiceProvider;
        try
        {
            return await run(primitive, ends.Token);
        }
        catch (OperationCanceledException) when (plugin.Unloading.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            CallRecord.Of(request)?.Failure = CallErrorKind.Cancelled;
            throw new McpException($"plugin '{plugin.Reference}' was unloaded before the call had finished; call again if the tool is still listed.");
        }
        catch (InvalidOperationException e) when (e.Source == s_sdk)
        {
            // The SDK's word for a client that cannot be asked ("Client does not support elicitation requests."): worth more to a model than that an error occurred.
            throw new McpException(e.Message, e);
        }
    }
}
