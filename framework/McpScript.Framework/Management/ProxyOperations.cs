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

/// <summary>Everything an operator can do with a running proxy, once; REST, the CLI and the MCP tools are translations of it.</summary>
sealed class ProxyOperations
{
    readonly PluginSources _sources;
    readonly IPluginSettingsSource _settings;
    readonly CurrentCatalog _served;
    readonly StaticTools _static;
    readonly TimeProvider _time;

    internal ProxyOperations(PluginRegistry registry, PluginSources sources, IPluginSettingsSource settings, StaticTools statics, ProxyDescription proxy, TimeProvider time)
    {
        (Registry, _sources, _settings, _served, _static, Proxy, _time) = (registry, sources, settings, registry.Served, statics, proxy, time);
        StartedAt = time.GetLocalNow();
    }

    /// <summary>The plugins.</summary>
    public PluginRegistry Registry { get; }

    /// <summary>How the proxy is set up.</summary>
    public ProxyDescription Proxy { get; }

    /// <summary>The gate; null if the configuration has none.</summary>
    public GateOperations? Gate { get; internal init; }

    /// <summary>The packages; null where plugins are not installed.</summary>
    public PackageOperations? Packages { get; init; }

    /// <summary>When it was started.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>How long it has been up.</summary>
    public TimeSpan Uptime => _time.GetLocalNow() - StartedAt;

    /// <summary>How many entries the log of tool calls has lost.</summary>
    public long LogDropped => CallLog?.Dropped ?? 0;

    /// <summary>The log of tool calls.</summary>
    internal ToolCallLog? CallLog { get; init; }

    /// <summary>The names of the loaded plugins, in load order.</summary>
    public ImmutableArray<string> Plugins => [.. Registry.Plugins.Select(plugin => plugin.Name)];

    /// <summary>The management commands.</summary>
    public ImmutableArray<CommandEntry> Commands =>
        [.. _served.Catalog.Commands.Items.Select(item => new CommandEntry(item.Id, item.Primitive.Description, item.OwnerName))];

    /// <summary>The tools of all plugins, or only those that came after start-up, in listing order.</summary>
    public ImmutableArray<string> Tools(bool dynamicOnly) =>
        [.. _served.Catalog.Tools.Items.Where(item => item.Owner is { } owner && !(dynamicOnly && _static.Has(owner.Reference, item.Id))).Select(item => item.Id)];

    /// <summary>What the plugin folders offer, loaded or not.</summary>
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
    /// <param name="name">Its name.</param>
    /// <param name="arguments">What the operator gave.</param>
    /// <param name="cancellationToken">Ends the waiting, and the command if it listens.</param>
    public async Task<CommandResult> RunCommandAsync(string name, IReadOnlyDictionary<string, JsonElement> arguments, CancellationToken cancellationToken)
    {
        while (_served.Catalog.Commands.TryGet(name, out var item))
        {
            // Retired between looking up and leasing: the catalog has moved on, so look again.
            if (item.Owner is not { } plugin || plugin.Leases.TryTake() is not { } lease)
                continue;
            using (lease)
            using (PluginExecutionContext.Enter(plugin))
            using (var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, plugin.Unloading))
                return await RunAsync(item.Primitive, plugin, arguments, ends.Token, cancellationToken);
        }
        return new(name, Found: false, Ok: false, $"Unknown command: {name}");
    }

    /// <summary>The proxy as commands see it.</summary>
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
            // The plugin's own failure, for the operator to read; a time-out inside it is one too.
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
            // Told when the plugin is loaded; a list of names is no place for it.
            return null;
        }
    }
}
