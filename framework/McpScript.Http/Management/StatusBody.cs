using McpScript.Registry;
using McpScript.Unloading;

namespace McpScript.Http.Management;

/// <summary>The body of <c>GET /proxy/status</c>: the Python original's fields, and ours beside them.</summary>
sealed record StatusBody(
    int TotalTools, int TotalResources, int TotalPrompts, int TotalPlugins, IReadOnlyDictionary<string, PluginStatus> Plugins, int LiveGenerations,
    IReadOnlyList<RetiredGeneration> Retired, long LogDropped)
{
    /// <summary>The body of a summary.</summary>
    /// <param name="summary">What the registry says.</param>
    /// <param name="logDropped">How many entries of the call log were lost.</param>
    public static StatusBody Of(RegistrySummary summary, long logDropped) => new(
        summary.TotalTools, summary.TotalResources, summary.TotalPrompts, summary.TotalPlugins,
        new OrderedDictionary<string, PluginStatus>(summary.Plugins), summary.LiveGenerations, summary.Retired, logDropped);
}
