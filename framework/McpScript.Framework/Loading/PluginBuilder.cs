using System.Text.Json;
using McpScript.Loading.Primitives;
using McpScript.Model;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace McpScript.Loading;

/// <summary>The <c>mcp</c> object of one generation: accepts registrations until <see cref="Seal"/>, and throws with the reason afterwards.</summary>
/// <param name="plugin">The generation.</param>
/// <param name="logger">The plugin's log.</param>
/// <param name="state">The generation's view of the plugin's state.</param>
/// <param name="host">Calls of the running plugin into the host.</param>
/// <param name="sessionIdle">Time after which an unused value of a session is disposed of, unless the plugin sets its own; null for no limit.</param>
/// <param name="time">The clock.</param>
sealed class PluginBuilder(
    InProcessPlugin plugin, ILogger logger, IPluginState state, IPluginCallbacks host, TimeSpan? sessionIdle, TimeProvider time)
    : Registrations, IPluginBuilder
{
    readonly ServiceCollection _services = new();
    readonly List<Func<CancellationToken, Task>> _onLive = [];
    readonly List<Func<Task>> _onUnload = [];
    readonly List<PreCallValidator> _validators = [];
    readonly List<ISessionValues> _sessionValues = [];
    volatile bool _sealed;

    /// <summary>Actions to run once the plugin is served.</summary>
    public IReadOnlyList<Func<CancellationToken, Task>> LiveActions => _onLive;

    /// <summary>Actions to run when the plugin ends, the last registered first.</summary>
    public IEnumerable<Func<Task>> UnloadActions
    {
        get
        {
            // A registration that was abandoned may still be adding actions.
            lock (_onUnload)
                return [.. Enumerable.Reverse(_onUnload)];
        }
    }

    /// <summary>Checks of calls before they run.</summary>
    public IReadOnlyList<PreCallValidator> Validators => _validators;

    /// <summary>The values of <c>mcp.PerSession</c>.</summary>
    public IEnumerable<ISessionValues> SessionValues
    {
        get
        {
            lock (_sessionValues)
                return [.. _sessionValues];
        }
    }

    /// <inheritdoc/>
    public string PluginName => plugin.Reference.Name;

    /// <inheritdoc/>
    public string Folder => plugin.Image.Folder;

    /// <inheritdoc/>
    public IServiceCollection Services => _services;

    /// <inheritdoc/>
    public ILogger Logger => logger;

    /// <inheritdoc/>
    public IPluginState State => state;

    /// <inheritdoc/>
    public CancellationToken Retiring => plugin.Retiring;

    /// <inheritdoc/>
    public CancellationToken Unloading => plugin.Unloading;

    /// <inheritdoc/>
    public void Command<T>(string name, string description, Func<ProxySnapshot, T> handler) =>
        AddCommand(name, description, handler, (call, json, _) => Task.FromResult(CommandText.Of(handler(call.Proxy), json)));

    /// <inheritdoc/>
    public void Command<T>(string name, string description, Func<ProxySnapshot, Task<T>> handler) =>
        AddCommand(name, description, handler, async (call, json, _) => CommandText.Of(await handler(call.Proxy), json));

    /// <inheritdoc/>
    public void Command<T>(string name, string description, Func<ProxySnapshot, IReadOnlyDictionary<string, JsonElement>, T> handler) =>
        AddCommand(name, description, handler, (call, json, _) => Task.FromResult(CommandText.Of(handler(call.Proxy, call.Arguments), json)));

    /// <inheritdoc/>
    public void Command<T>(
        string name, string description, Func<ProxySnapshot, IReadOnlyDictionary<string, JsonElement>, CancellationToken, Task<T>> handler) =>
        AddCommand(name, description, handler, async (call, json, cancellationToken) =>
            CommandText.Of(await handler(call.Proxy, call.Arguments, cancellationToken), json));

    /// <inheritdoc/>
    public void Command(string name, string description, Delegate handler)
    {
        CheckCommand(name, handler);
        CheckOpen();
        Commands.Add(factory => factory.Command(name, description, handler));
    }

    /// <inheritdoc/>
    public void AddPreCallValidator(Func<PendingCall, string?> validator)
    {
        ArgumentNullException.ThrowIfNull(validator);
        CheckOpen();
        _validators.Add((call, _) => new(validator(call)));
    }

    /// <inheritdoc/>
    public void AddPreCallValidator(Func<PendingCall, CancellationToken, Task<string?>> validator)
    {
        ArgumentNullException.ThrowIfNull(validator);
        CheckOpen();
        _validators.Add(async (call, cancellationToken) => await validator(call, cancellationToken));
    }

    /// <inheritdoc/>
    public IPerSession<T> PerSession<T>(Func<T> create, TimeSpan? idleTimeout = null)
    {
        ArgumentNullException.ThrowIfNull(create);
        if (idleTimeout is { } idle)
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(idle, TimeSpan.Zero, nameof(idleTimeout));
        CheckOpen();
        var values = new SessionValues<T>(create, idleTimeout ?? sessionIdle, time, logger);
        lock (_sessionValues)
            _sessionValues.Add(values);
        return values;
    }

    /// <inheritdoc/>
    public void ResourceUpdated(string uri) => host.ResourceUpdated(uri);

    /// <inheritdoc/>
    public Task UpdateAsync(Action<IPluginUpdate> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return _sealed
            ? UpdateSealedAsync(change)
            : throw new InvalidOperationException($"Plugin '{PluginName}' is still registering: offer it directly, with mcp.Tool and the like.");
    }

    async Task UpdateSealedAsync(Action<IPluginUpdate> change)
    {
        // Plugin code of any duration, so it runs before the registry's lock is taken.
        var update = new PluginUpdate(plugin.Items, plugin.Prefix);
        change(update);
        await host.UpdateAsync(plugin, current => update.Build(current, plugin.Factory!));
    }

    /// <inheritdoc/>
    public void OnLive(Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        OnLive(_ =>
        {
            action();
            return Task.CompletedTask;
        });
    }

    /// <inheritdoc/>
    public void OnLive(Func<CancellationToken, Task> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        CheckOpen();
        _onLive.Add(action);
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
        CheckOpen();
        lock (_onUnload)
            _onUnload.Add(action);
    }

    /// <summary>Ends registration.</summary>
    public void Seal()
    {
        _sealed = true;
        _services.MakeReadOnly();
    }

    void AddCommand(string name, string description, Delegate handler, Func<CommandCall, JsonSerializerOptions, CancellationToken, Task<string>> run)
    {
        CheckCommand(name, handler);
        CheckOpen();
        Commands.Add(factory => new PluginCommand(name, description, (call, cancellationToken) => run(call, factory.Json, cancellationToken)));
    }

    static void CheckCommand(string name, Delegate handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        if (!PluginReference.IsValidName(name))
            throw new ArgumentException(
                $"'{name}' is not a command name: 1 to 64 letters, digits, '_', '.' or '-', beginning with a letter or digit.", nameof(name));
    }

    /// <inheritdoc/>
    protected override void CheckOpen()
    {
        if (_sealed)
            throw new InvalidOperationException($"Plugin '{PluginName}' has registered already. "
                + "Register in the script's body; to change what a running plugin offers, await mcp.UpdateAsync(…).");
    }
}
