using McpScript.Registry;
using McpScript.Unloading;

namespace McpScript.Http.Management;

/// <summary>Body of <c>GET /proxy/status</c>: the fields of the Python original, and those that McpScript adds.</summary>
sealed record StatusBody(
    int TotalTools, int TotalResources, int TotalPrompts, int TotalPlugins, IReadOnlyDictionary<string, PluginStatus> Plugins, int LiveGenerations,
    IReadOnlyList<RetiredGeneration> Retired, long LogDropped)
{
    /// <summary>Returns the body of a summary.</summary>
    /// <param name="summary">The summary of the registry.</param>
    /// <param name="logDropped">The number of call log entries that were dropped.</param>
    public static StatusBody Of(RegistrySummary summary, long logDropped) => new(
        summary.TotalTools, summary.TotalResources, summary.TotalPrompts, summary.TotalPlugins,
        new OrderedDictionary<string, PluginStatus>(summary.Plugins), summary.LiveGenerations, summary.Retired, logDropped);
}
