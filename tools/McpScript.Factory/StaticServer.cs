using System.Collections.Immutable;
using McpScript.Configuration;
using McpScript.FileSystem;
using McpScript.Model;

namespace McpScript.Factory;

/// <summary>Creates the server of <c>mcp-factory</c>: a fixed list of plugins, and the <c>factory__</c> tools.</summary>
static class StaticServer
{
    /// <summary>Creates the server.</summary>
    /// <exception cref="ConfigurationException">The configuration is invalid.</exception>
    /// <exception cref="NotStartedException">There is nothing to load.</exception>
    public static McpScriptServer Create(CommandLineOverrides commandLine)
    {
        var config = McpScriptConfig.Load(commandLine with { BuiltIn = new() { ServerName = "MCP Factory", ToolLoggers = [] } });
        var plugins = config.PluginsLoad ?? [.. config.Plugins.Where(plugin => plugin.Value.Enabled).Select(plugin => new PluginReference(plugin.Key))];
        if (plugins.IsEmpty)
            throw new NotStartedException("Error: No plugins specified (use --plugins or config)");
        var logs = new FactoryLogs(Path.Combine(ProcessEnvironment.Home(), ".mcp_factory"));
        var server = McpScriptServer.Create(
            config with { Autoload = plugins, Watch = false, Warnings = [.. config.Warnings, .. LeftOut(config, plugins)] },
            new McpScriptServerOptions { Role = "Factory", NeedsPlugin = true, IsStatic = true, ToolLoggers = [logs.Text, logs.Transcript] });
        new FactoryTools(server, logs).AddTo(server);
        return server;
    }

    static IEnumerable<string> LeftOut(McpScriptConfig config, ImmutableArray<PluginReference> plugins)
    {
        if (config.Watch)
            yield return "'watch' is ignored: mcp-factory loads its plugins once. Use mcp-proxy to reload them.";
        foreach (var disabled in plugins.Where(plugin => !config.Plugin(plugin.Name).Enabled))
            yield return $"Plugin '{disabled}' disabled in config, so it is not loaded.";
    }
}
