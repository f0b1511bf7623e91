using System.CommandLine;
using McpScript.CommandLine;
using McpScript.Configuration;

namespace McpScript.Proxy.Commands;

/// <summary>
/// Options that stand on the root and on commands as one and the same object, so that it does not matter whether they are said before or after the
/// command's name.
/// </summary>
static class CommonOptions
{
    /// <summary><c>--mgmt-port</c></summary>
    public static Option<int?> ManagementPort { get; } = PortOption.Create("--mgmt-port", "Port of the management API; when serving by default 12299, with stdio a free one; else the one of the proxy that is running.");

    /// <summary><c>--mgmt-token</c></summary>
    public static Option<string> Token { get; } = new("--mgmt-token", "--token") { Description = "Bearer token of the management API; by default MCP_MGMT_TOKEN.", HelpName = "TOKEN" };

    /// <summary><c>--config</c></summary>
    public static Option<string> Config => ServerOptions.Config;

    /// <summary><c>--plugin-dir</c></summary>
    public static Option<string[]> PluginDirs => ServerOptions.PluginDirs;

    /// <summary>The exit code of wrong usage, a configuration that is wrong among it.</summary>
    public const int Usage = 2;

    /// <summary>The configuration that <see cref="Config"/> and the plugin folders say; null, with all that is wrong on stderr, if there is none.</summary>
    public static McpScriptConfig? Load(ParseResult parsed, IReadOnlyList<string>? pluginDirs = null)
    {
        try
        {
            return McpScriptConfig.Load(new CommandLineOverrides { ConfigFile = parsed.GetValue(Config), PluginDirs = [.. pluginDirs ?? parsed.GetValue(PluginDirs) ?? []] });
        }
        catch (ConfigurationException e)
        {
            Console.Error.WriteLine(e.Message);
            return null;
        }
    }
}
