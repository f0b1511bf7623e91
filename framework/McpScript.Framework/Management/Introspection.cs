using System.Globalization;
using System.Text;
using McpScript.Registry;

namespace McpScript.Management;

/// <summary>Texts about a registry, in the wording of the Python original. Pure functions.</summary>
static class Introspection
{
    /// <summary>Describes the server with its counts.</summary>
    public static string PluginStatus(PluginRegistry registry, ProxyDescription proxy)
    {
        var summary = registry.GetSummary();
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"Server:    {proxy.Server}").AppendLine(CultureInfo.InvariantCulture, $"Transport: {proxy.Transport}");
        if (proxy.Transport != "stdio")
            text.AppendLine(CultureInfo.InvariantCulture, $"Port:      {(proxy.Port is { } port ? port : "n/a")}");
        if (proxy.HealthPort is { } health)
            text.AppendLine(CultureInfo.InvariantCulture, $"Health:    {health}");
        text.AppendLine(CultureInfo.InvariantCulture, $"Plugins:   {summary.TotalPlugins} loaded");
        text.AppendLine(CultureInfo.InvariantCulture, $"Tools:     {summary.TotalTools} registered");
        if (summary.TotalResources > 0)
            text.AppendLine(CultureInfo.InvariantCulture, $"Resources: {summary.TotalResources} registered");
        if (summary.TotalPrompts > 0)
            text.AppendLine(CultureInfo.InvariantCulture, $"Prompts:   {summary.TotalPrompts} registered");
        foreach (var failure in registry.Failures)
            text.AppendLine(CultureInfo.InvariantCulture, $"Failed:    {failure.Error}");
        foreach (var retired in summary.Retired.Where(retired => retired.Detail.Length > 0))
            text.AppendLine(CultureInfo.InvariantCulture, $"Retired:   {retired.Plugin} #{retired.Generation}: {retired.Detail}");
        return text.ToString().ReplaceLineEndings("\n").TrimEnd();
    }

    /// <summary>Lists each plugin with its first five tools, and the totals.</summary>
    public static string PluginList(PluginRegistry registry)
    {
        var plugins = registry.Plugins;
        if (plugins.IsEmpty)
            return "(no plugins loaded)";
        var lines = plugins.SelectMany(plugin => new[]
        {
            $"  {plugin.Name,-20} {plugin.Tools.Count,3} tools",
            $"    [{string.Join(", ", plugin.Tools.Take(5))}{(plugin.Tools.Count > 5 ? $", ... (+{plugin.Tools.Count - 5})" : "")}]",
        });
        return string.Join(
            '\n', [.. lines, $"  {new string('─', 40)}", $"  Total: {plugins.Sum(plugin => plugin.Tools.Count)} tools, {plugins.Length} plugins"]);
    }

    /// <summary>Lists the names of tools, one a line.</summary>
    public static string ToolList(IReadOnlyCollection<string> tools, bool dynamicOnly = false) =>
        tools.Count == 0 ? dynamicOnly ? "(no dynamic tools loaded)" : "(no tools loaded)" : string.Join('\n', tools.Order(StringComparer.Ordinal));

    /// <summary>Lists the plugins in the plugin folders, with marks for loaded and failed ones.</summary>
    public static string AvailableList(IReadOnlyCollection<AvailableEntry> available) => available.Count == 0
        ? "(no plugins found in plugin directories)"
        : string.Join('\n', available.Select(entry =>
            $"  {entry.Name}{(entry.Loaded ? entry.Failed ? " (loaded, last reload failed)" : " (loaded)" : entry.Failed ? " (failed)" : "")}"
            + (entry.Description is { } text ? $" — {text}" : "")));
}
