using System.Collections.Immutable;
using McpScript.Configuration;
using McpScript.FileSystem;
using McpScript.Model;

namespace McpScript.Factory;

/// <summary>Puts the factory's server together: which plugins it loads, what it leaves out, and the tools that tell of it.</summary>
static class StaticServer
{
    /// <summary>The server.</summary>
    /// <exception cref="ConfigurationException">The configuration cannot be used.</exception>
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
            new McpScriptServerOptions { Role = "Factory", NeedsPlugin = true, ToolLoggers = [logs.Text, logs.Transcript] });
        new FactoryTools(server, logs).AddTo(server);
        return server;
    }

    static IEnumerable<string> LeftOut(McpScriptConfig config, ImmutableArray<PluginReference> plugins)
    {
        if (config.Watch)
            yield return "'watch' is ignored: what mcp-factory serves does not change. mcp-proxy watches.";
        foreach (var disabled in plugins.Where(plugin => !config.Plugin(plugin.Name).Enabled))
            yield return $"Plugin '{disabled}' disabled in config, so it is not loaded.";
    }
}
