using System.Collections.Immutable;
using System.Text.Json;
using McpScript.Catalogs;
using McpScript.Invocation;
using McpScript.Invocation.Arguments;
using McpScript.Loading;
using McpScript.Loading.Primitives;
using McpScript.Model;
using McpScript.Registry;
using McpScript.Sources;

namespace McpScript.Management;

/// <summary>All operations on a running proxy for operators; REST, the CLI and the MCP tools use them.</summary>
sealed class ProxyOperations
{
    readonly PluginSources _sources;
    readonly IPluginSettingsSource _settings;
    readonly CurrentCatalog _served;
    readonly StaticTools _static;
    readonly TimeProvider _time;

    internal ProxyOperations(
        PluginRegistry registry, PluginSources sources, IPluginSettingsSource settings, StaticTools statics, ProxyDescription proxy, TimeProvider time)
    {
        (Registry, _sources, _settings, _served, _static, Proxy, _time) = (registry, sources, settings, registry.Served, statics, proxy, time);
        StartedAt = time.GetLocalNow();
    }

    /// <summary>The plugins.</summary>
    public PluginRegistry Registry { get; }

    /// <summary>Facts about the proxy's configuration.</summary>
    public ProxyDescription Proxy { get; }

    /// <summary>The gate; null if the configuration has none.</summary>
    public GateOperations? Gate { get; internal init; }

    /// <summary>The packages; null where packages cannot be installed.</summary>
    public PackageOperations? Packages { get; init; }

    /// <summary>Start time of the proxy.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>Time since the start.</summary>
    public TimeSpan Uptime => _time.GetLocalNow() - StartedAt;

    /// <summary>Number of entries that the log of tool calls has lost.</summary>
    public long LogDropped => CallLog?.Dropped ?? 0;

    /// <summary>The log of tool calls; null without one.</summary>
    internal ToolCallLog? CallLog { get; init; }

    /// <summary>The names of the loaded plugins, in load order.</summary>
    public ImmutableArray<string> Plugins => [.. Registry.Plugins.Select(plugin => plugin.Name)];

    /// <summary>The management commands.</summary>
    public ImmutableArray<CommandEntry> Commands =>
        [.. _served.Catalog.Commands.Items.Select(item => new CommandEntry(item.Id, item.Primitive.Description, item.OwnerName))];

    /// <summary>The tools of all plugins, or only those that were loaded after start-up, in listing order.</summary>
    public ImmutableArray<string> Tools(bool dynamicOnly) =>
        [
            .. _served.Catalog.Tools.Items
                .Where(item => item.Owner is { } owner && !(dynamicOnly && _static.Has(owner.Reference, item.Id))).Select(item => item.Id),
        ];

    /// <summary>The plugins in the plugin folders, loaded or not.</summary>
    public ImmutableArray<AvailableEntry> Available()
    {
        var failures = Registry.Failures.Select(failure => failure.Reference).ToHashSet();
        return
        [
            .. _sources.Scan().Plugins.OrderBy(location => location.Reference.Name, StringComparer.OrdinalIgnoreCase).Select(location => new AvailableEntry(
                location.Reference.Name, location.Kind, location.Path, DescriptionOf(location.Reference),
                _served.Catalog.Find(location.Reference) is not null, failures.Contains(location.Reference))),
        ];
    }

    /// <summary>Runs a management command.</summary>
    /// <param name="name">Name of the command.</param>
    /// <param name="arguments">The operator's arguments by name.</param>
    /// <param name="cancellationToken">Cancels the command.</param>
    public async Task<CommandResult> RunCommandAsync(string name, IReadOnlyDictionary<string, JsonElement> arguments, CancellationToken cancellationToken)
    {
        while (_served.Catalog.Commands.TryGet(name, out var item))
        {
            // Retired between the lookup and the lease: the catalog has a newer generation, so look it up once more.
            if (item.Owner is not { } plugin || plugin.Leases.TryTake() is not { } lease)
                continue;
            using (lease)
            using (PluginExecutionContext.Enter(plugin))
            using (var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, plugin.Unloading))
                return await RunAsync(item.Primitive, plugin, arguments, ends.Token, cancellationToken);
        }
        return new(name, Found: false, Ok: false, $"Unknown command: {name}");
    }

    /// <summary>The proxy's state for commands.</summary>
    public ProxySnapshot Snapshot() => new()
    {
        Plugins = Registry.Plugins,
        Tools = Registry.AllTools,
        StartedAt = StartedAt,
        LiveGenerations = Registry.LiveGenerations,
    };

    async Task<CommandResult> RunAsync(
        PluginCommand command, Plugin plugin, IReadOnlyDictionary<string, JsonElement> arguments, CancellationToken ends, CancellationToken caller)
    {
        CommandResult Failed(string why) => new(command.Id, Found: true, Ok: false, $"Command '{command.Id}' failed: {why}");
        if (command.InputSchema is { } schema)
        {
            var verdict = ArgumentSchema.Compile(schema, ToolBinding.Of(command)).Check(arguments.ToDictionary());
            if (verdict.Problems.Count > 0)
                return Failed(string.Join(" ", verdict.Problems));
            arguments = verdict.Changed?.AsReadOnly() ?? arguments;
        }
        try
        {
            await using var scope = plugin.CreateScope();
            return new(command.Id, Found: true, Ok: true, await command.RunAsync(new(Snapshot(), arguments, scope.ServiceProvider), ends));
        }
        catch (OperationCanceledException) when (plugin.Unloading.IsCancellationRequested && !caller.IsCancellationRequested)
        {
            return Failed($"plugin '{plugin.Reference}' was unloaded before it had finished.");
        }
        catch (Exception e) when (e is not OperationCanceledException || !caller.IsCancellationRequested)
        {
            // A failure of the plugin, for the operator to read; so is a timeout inside the command.
            return Failed(e.Message);
        }
    }

    string? DescriptionOf(PluginReference reference)
    {
        try
        {
            return _settings.Read(reference).Values["description"]?.ToString();
        }
        catch (PluginLoadException)
        {
            // Reported when the plugin is loaded; a list of names only omits the description.
            return null;
        }
    }
}
