using System.Collections.Concurrent;
using McpScript.Model;
using McpScript.Registry;

namespace McpScript.Management;

/// <summary>Tools that were loaded at start-up, which clients call directly; all others are dynamic. Thread-safe.</summary>
/// <remarks>Pairs of plugin and tool, so that a tool of the same name from another plugin is dynamic. A reload keeps the pair, an unload removes it.</remarks>
sealed class StaticTools
{
    readonly ConcurrentDictionary<(PluginReference Plugin, string Tool), byte> _known = new();

    /// <summary>Records the tools that are served now as static, at the end of start-up.</summary>
    public void StartUpDone(PluginRegistry registry)
    {
        foreach (var plugin in registry.Plugins)
            foreach (var tool in plugin.Tools)
                _known[(plugin.Reference, tool)] = 0;
        IsStartUpDone = true;
        registry.Changed += Forget;
    }

    /// <summary>True once start-up is over.</summary>
    public bool IsStartUpDone { get; private set; }

    /// <summary>True if the tool was loaded at start-up.</summary>
    public bool Has(PluginReference plugin, string tool) => _known.ContainsKey((plugin, tool));

    void Forget(RegistryChanged change)
    {
        foreach (var unloaded in change.Results.Where(result => result is { Ok: true, Kind: PluginChangeKind.Unload }).Select(result => result.Reference!))
            foreach (var key in _known.Keys.Where(key => key.Plugin.Equals(unloaded)))
                _known.TryRemove(key, out _);
    }
}
