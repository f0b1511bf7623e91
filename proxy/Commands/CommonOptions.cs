using System.CommandLine;
using McpScript.CommandLine;
using McpScript.Configuration;

namespace McpScript.Proxy.Commands;

/// <summary>Options that the root command and other commands share as the same instances, so that they may stand before or after the command's name.</summary>
static class CommonOptions
{
    /// <summary><c>--mgmt-port</c></summary>
    public static Option<int?> ManagementPort { get; } = PortOption.Create("--mgmt-port",
        "Port of the management API. For serve, by default 12299, over stdio a free port; for other commands, by default the port of the running proxy.");

    /// <summary><c>--mgmt-token</c></summary>
    public static Option<string> Token { get; } = new("--mgmt-token", "--token")
    {
        Description = "Bearer token of the management API; by default MCP_MGMT_TOKEN.", HelpName = "TOKEN",
    };

    /// <summary><c>--config</c></summary>
    public static Option<string> Config => ServerOptions.Config;

    /// <summary><c>--plugin-dir</c></summary>
    public static Option<string[]> PluginDirs => ServerOptions.PluginDirs;

    /// <summary>Exit code for a wrong command line or configuration.</summary>
    public const int Usage = 2;

    /// <summary>Loads the configuration file with the plugin folders. If it is invalid, writes all problems to stderr and returns null.</summary>
    public static McpScriptConfig? Load(ParseResult parsed, IReadOnlyList<string>? pluginDirs = null)
    {
        try
        {
            return McpScriptConfig.Load(
                new CommandLineOverrides { ConfigFile = parsed.GetValue(Config), PluginDirs = [.. pluginDirs ?? parsed.GetValue(PluginDirs) ?? []] });
        }
        catch (ConfigurationException e)
        {
            Console.Error.WriteLine(e.Message);
            return null;
        }
    }
}
