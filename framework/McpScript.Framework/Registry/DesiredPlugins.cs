using System.Collections.Concurrent;
using System.Collections.Immutable;
using McpScript.Model;

namespace McpScript.Registry;

/// <summary>
/// What should be loaded: the autoload list, or everything in the plugin folders when there is none; and what was loaded or unloaded by hand since.
/// </summary>
/// <param name="autoload">The list as the configuration has it now; null when it has none.</param>
/// <param name="isEnabled">False for what the configuration turns off.</param>
sealed class DesiredPlugins(Func<IReadOnlyList<PluginReference>?> autoload, Func<PluginReference, bool> isEnabled)
{
    readonly ConcurrentDictionary<PluginReference, bool> _byHand = new();

    /// <summary>True when there is a list: then what else lies in the folders is available, not wanted.</summary>
    public bool IsListed => autoload() is not null;

    /// <summary>True for an empty list: no plugin is wanted unless it is loaded by hand.</summary>
    public bool IsNone => autoload() is { Count: 0 };

    /// <summary>True if it will be wanted after a restart, if it is there.</summary>
    public bool IsWanted(PluginReference reference) => autoload()?.Contains(reference) ?? true;

    /// <summary>False for what the configuration turns off.</summary>
    public bool IsEnabled(PluginReference reference) => isEnabled(reference);

    /// <summary>Loaded by hand: wanted until it is unloaded by hand, or a restart.</summary>
    public void Want(PluginReference reference) => _byHand[reference] = true;

    /// <summary>Unloaded by hand: not wanted until it is loaded by hand, or a restart.</summary>
    public void Unwant(PluginReference reference) => _byHand[reference] = false;

    /// <summary>True if it was loaded by hand and not unloaded by hand since.</summary>
    public bool IsWantedByHand(PluginReference reference) => _byHand.GetValueOrDefault(reference);

    /// <summary>As if nothing had been done by hand.</summary>
    public void Forget(PluginReference reference) => _byHand.TryRemove(reference, out _);

    /// <summary>The wanted plugins, in load order: listed ones as listed, else as found.</summary>
    /// <param name="available">What is there.</param>
    /// <param name="loaded">What is loaded: without a list it stays wanted though its file is missing, until the deletion is believed.</param>
    public ImmutableArray<PluginReference> From(ImmutableArray<PluginLocation> available, IEnumerable<PluginReference> loaded)
    {
        var first = autoload() ?? [.. available.Select(location => location.Reference), .. loaded];
        var more = _byHand.Where(entry => entry.Value).Select(entry => entry.Key).OrderBy(reference => reference.Name, StringComparer.OrdinalIgnoreCase);
        return [.. first.Concat(more).Distinct().Where(reference => _byHand.GetValueOrDefault(reference, true) && IsEnabled(reference))];
    }
}
