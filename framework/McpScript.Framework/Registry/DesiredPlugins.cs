using System.Collections.Concurrent;
using System.Collections.Immutable;
using McpScript.Model;

namespace McpScript.Registry;

/// <summary>
/// The plugins that should be loaded: the autoload list, or everything in the plugin folders without one; plus and minus those loaded and unloaded by hand
/// since. Thread-safe.
/// </summary>
/// <param name="autoload">The list in the current configuration; null without one.</param>
/// <param name="isEnabled">False for plugins that the configuration disables.</param>
sealed class DesiredPlugins(Func<IReadOnlyList<PluginReference>?> autoload, Func<PluginReference, bool> isEnabled)
{
    readonly ConcurrentDictionary<PluginReference, bool> _byHand = new();

    /// <summary>True if there is an autoload list: other plugins in the folders are available, but not loaded.</summary>
    public bool IsListed => autoload() is not null;

    /// <summary>True for an empty list: a plugin is loaded only by hand.</summary>
    public bool IsNone => autoload() is { Count: 0 };

    /// <summary>True if the configuration loads the plugin at the next start, provided that it exists.</summary>
    public bool IsDesired(PluginReference reference) => autoload()?.Contains(reference) ?? true;

    /// <summary>False for plugins that the configuration disables.</summary>
    public bool IsEnabled(PluginReference reference) => isEnabled(reference);

    /// <summary>Records a load by hand: the plugin stays desired until it is unloaded by hand, or until a restart.</summary>
    public void KeepLoaded(PluginReference reference) => _byHand[reference] = true;

    /// <summary>Records an unload by hand: the plugin is not desired until it is loaded by hand, or until a restart.</summary>
    public void KeepUnloaded(PluginReference reference) => _byHand[reference] = false;

    /// <summary>True if the plugin was loaded by hand and not unloaded by hand since.</summary>
    public bool IsLoadedByHand(PluginReference reference) => _byHand.GetValueOrDefault(reference);

    /// <summary>Removes the record of a load or unload by hand.</summary>
    public void Forget(PluginReference reference) => _byHand.TryRemove(reference, out _);

    /// <summary>Computes the desired plugins in load order: that of the list, or that of the scan.</summary>
    /// <param name="available">Plugins that the scan found.</param>
    /// <param name="loaded">Loaded plugins: without a list they stay desired when their file is missing, until they count as deleted.</param>
    public ImmutableArray<PluginReference> From(ImmutableArray<PluginLocation> available, IEnumerable<PluginReference> loaded)
    {
        var first = autoload() ?? [.. available.Select(location => location.Reference), .. loaded];
        var more = _byHand.Where(entry => entry.Value).Select(entry => entry.Key).OrderBy(reference => reference.Name, StringComparer.OrdinalIgnoreCase);
        return [.. first.Concat(more).Distinct().Where(reference => _byHand.GetValueOrDefault(reference, true) && IsEnabled(reference))];
    }
}
