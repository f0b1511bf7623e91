using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Server;

namespace McpScript.Plugins;

/// <summary>The <c>mcp</c> of one generation: collects until <see cref="Seal"/>, then refuses with a reason.</summary>
sealed class PluginBuilder(string pluginName, ILogger logger, IPluginState state, CancellationToken retiring, CancellationToken unloading) : IPluginBuilder
{
    readonly ServiceCollection _services = new();
    volatile bool _sealed;

    /// <summary>What was asked for so far.</summary>
    public Registrations Registrations { get; } = new();

    /// <inheritdoc/>
    public string PluginName => pluginName;

    /// <inheritdoc/>
    public IServiceCollection Services => _services;

    /// <inheritdoc/>
    public ILogger Logger => logger;

    /// <inheritdoc/>
    public IPluginState State => state;

    /// <inheritdoc/>
    public CancellationToken Retiring => retiring;

    /// <inheritdoc/>
    public CancellationToken Unloading => unloading;

    /// <inheritdoc/>
    public void Tool(string name, string description, Delegate handler, McpServerToolCreateOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        if (!ToolName.IsValid(name))
            throw new ArgumentException($"'{name}' is not a tool name: 1 to 128 of A-Z, a-z, 0-9, '_', '-' and '.' are allowed.", nameof(name));
        Open().Tools.Add((name, description, handler, options));
    }

    /// <inheritdoc/>
    public void Prompt(string name, string description, Delegate handler, McpServerPromptCreateOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Open().Prompts.Add((name, description, handler, options));
    }

    /// <inheritdoc/>
    public void Resource(string uri, Delegate handler, McpServerResourceCreateOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        if (uri.Contains('{'))
            throw new ArgumentException($"'{uri}' has variables; offer it with mcp.ResourceTemplate.", nameof(uri));
        if (!Uri.TryCreate(uri, UriKind.Absolute, out _))
            throw new ArgumentException($"'{uri}' is not an absolute URI such as demo://status.", nameof(uri));
        Open().Resources.Add((uri, handler, options));
    }

    /// <inheritdoc/>
    public void ResourceTemplate(string uriTemplate, Delegate handler, McpServerResourceCreateOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        if (!uriTemplate.Contains('{'))
            throw new ArgumentException($"'{uriTemplate}' has no variable such as {{id}}; offer it with mcp.Resource.", nameof(uriTemplate));
        Open().Resources.Add((uriTemplate, handler, options));
    }

    /// <inheritdoc/>
    public void OnLive(Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        Open().OnLive.Add(_ =>
        {
            action();
            return Task.CompletedTask;
        });
    }

    /// <inheritdoc/>
    public void OnLive(Func<CancellationToken, Task> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        Open().OnLive.Add(action);
    }

    /// <inheritdoc/>
    public void OnUnload(Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        OnUnload(() =>
        {
            action();
            return Task.CompletedTask;
        });
    }

    /// <inheritdoc/>
    public void OnUnload(Func<Task> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        var registrations = Open();
        lock (registrations.OnUnload)
            registrations.OnUnload.Add(action);
    }

    /// <summary>Ends registration.</summary>
    public void Seal()
    {
        _sealed = true;
        _services.MakeReadOnly();
    }

    Registrations Open() => _sealed
        ? throw new InvalidOperationException($"Plugin '{pluginName}' has registered already. Register everything in the script's body; what changes later is a new version of the file.")
        : Registrations;
}
