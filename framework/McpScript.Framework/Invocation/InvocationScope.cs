using McpScript.CallLog;
using McpScript.Loading;
using McpScript.Model;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace McpScript.Invocation;

/// <summary>
/// Surroundings of the code that handles one request: its services, and for a plugin's code the lease of one generation, its execution context, and a token
/// that fires when the generation is unloaded. Ends with the request.
/// </summary>
sealed class InvocationScope : IAsyncDisposable
{
    static readonly string? Sdk = typeof(McpServer).Assembly.GetName().Name;

    readonly InvocationContext _context;
    readonly CancellationToken _request;
    readonly AsyncServiceScope _services;
    readonly Plugin? _plugin;
    readonly Leases.Lease? _lease;
    readonly CancellationTokenSource? _ends;
    readonly PluginExecutionContext? _execution;
    readonly PluginExecutionContext.Scope? _entered;

    InvocationScope(InvocationContext context, AsyncServiceScope services, CancellationToken request)
    {
        (_context, _services, _request) = (context, services, request);
        context.Message.Services = services.ServiceProvider;
    }

    InvocationScope(InvocationContext context, Plugin plugin, Leases.Lease lease, CancellationToken request)
        : this(context, plugin.CreateScope(), request)
    {
        (_plugin, _lease) = (plugin, lease);
        _ends = CancellationTokenSource.CreateLinkedTokenSource(request, plugin.Unloading);
        _execution = PluginExecutionContext.ForRequest(plugin, context.StateKey);
        _entered = _execution.Enter();
        context.BeginLease(plugin);
    }

    /// <summary>Cancels the code.</summary>
    public CancellationToken Token => _ends?.Token ?? _request;

    /// <summary>Enters the surroundings, in the flow of the calling method; returns null if the generation is retired.</summary>
    /// <remarks>Not asynchronous: the execution context would end with this method.</remarks>
    /// <param name="context">State of the request.</param>
    /// <param name="plugin">Generation that handles it; null for the host itself.</param>
    /// <param name="host">Services for the host's own code.</param>
    /// <param name="request">Token of the request.</param>
    public static InvocationScope? TryEnter(InvocationContext context, Plugin? plugin, IServiceProvider host, CancellationToken request)
    {
        if (plugin is null)
            return new(context, host.CreateAsyncScope(), request);
        if (plugin.Leases.TryTake() is not { } lease)
            return null;
        try
        {
            return new(context, plugin, lease, request);
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    /// <summary>Returns the error that the client gets in place of an exception of a plugin's code; null if it gets the exception itself.</summary>
    public McpException? ErrorFor(Exception thrown)
    {
        if (_plugin is null)
            return null;
        if (thrown is OperationCanceledException && _plugin.Unloading.IsCancellationRequested && !_request.IsCancellationRequested)
        {
            _context.Record?.Failure = CallErrorKind.Cancelled;
            return new($"plugin '{_plugin.Reference}' was unloaded before the call had finished; call again if the tool is still listed.");
        }
        // Expected: the SDK throws this for a client without the capability ("Client does not support elicitation requests."). The model gets the message
        // instead of "An error occurred".
        return thrown is InvalidOperationException && thrown.Source == Sdk ? new(thrown.Message, thrown) : null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // From the last to the first, each also if one before it fails: the services are the plugin's own.
        using var lease = _lease;
        using var execution = _execution;
        using var entered = _entered;
        using var ends = _ends;
        _context.EndLease();
        await _services.DisposeAsync();
    }
}
