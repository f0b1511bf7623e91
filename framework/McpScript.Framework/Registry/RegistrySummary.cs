using System.Collections.Immutable;
using McpScript.Unloading;

namespace McpScript.Registry;

/// <summary>The state of the registry as plain data: the body of <c>GET /proxy/status</c>.</summary>
public sealed record RegistrySummary
{
    /// <summary>Number of tools of plugins; the host's own are not counted.</summary>
    public required int TotalTools { get; init; }

    /// <summary>Number of resources and resource templates.</summary>
    public required int TotalResources { get; init; }

    /// <summary>Number of prompts.</summary>
    public required int TotalPrompts { get; init; }

    /// <summary>Number of loaded plugins.</summary>
    public required int TotalPlugins { get; init; }

    /// <summary>Plugins by name, in load order; failed ones that are not loaded come last.</summary>
    public required ImmutableArray<KeyValuePair<string, PluginStatus>> Plugins { get; init; }

    /// <summary>Number of load contexts that are not collected yet, including those of loaded plugins.</summary>
    public required int LiveGenerations { get; init; }

    /// <summary>Generations that are no longer served and not collected yet.</summary>
    public required ImmutableArray<RetiredGeneration> Retired { get; init; }

    internal static RegistrySummary Of(
        ImmutableArray<PluginSummary> plugins, ImmutableArray<PluginFailure> failures, IReadOnlyList<RetiredGeneration> retired, int live)
    {
        var loaded = plugins.Select(plugin => KeyValuePair.Create(
            plugin.Name, PluginStatus.Of(plugin, failures.FirstOrDefault(failure => failure.Reference.Equals(plugin.Reference)))));
        var failed = failures.Where(failure => !plugins.Any(plugin => plugin.Reference.Equals(failure.Reference)))
            .Select(failure => KeyValuePair.Create(failure.Reference.Name, PluginStatus.Of(null, failure)));
        return new()
        {
            TotalTools = plugins.Sum(plugin => plugin.Tools.Count),
            TotalResources = plugins.Sum(plugin => plugin.Resources.Count),
            TotalPrompts = plugins.Sum(plugin => plugin.Prompts.Count),
            TotalPlugins = plugins.Length,
            Plugins = [.. loaded, .. failed],
            LiveGenerations = live,
            Retired = [.. retired],
        };
    }
}
