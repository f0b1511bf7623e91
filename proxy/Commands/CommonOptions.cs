using System.CommandLine;

namespace McpScript.Proxy.Commands;

/// <summary>Options that stand on the root and on commands as one and the same object, so that it does not matter whether they are said before or after the command's name.</summary>
static class CommonOptions
{
    /// <summary><c>--mgmt-port</c></summary>
    public static Option<int?> ManagementPort { get; } = Port("--mgmt-port", "Port of the management API; when serving by default 12299, with stdio a free one; else the one of the proxy that is running.");

    /// <summary><c>--mgmt-token</c></summary>
    public static Option<string> Token { get; } = new("--mgmt-token", "--token") { Description = "Bearer token of the management API; by default MCP_MGMT_TOKEN.", HelpName = "TOKEN" };

    /// <summary><c>--config</c></summary>
    public static Option<string> Config { get; } = new("--config", "-c") { Description = "YAML configuration file.", HelpName = "FILE" };

    /// <summary><c>--plugin-dir</c></summary>
    public static Option<string[]> Folders { get; } = new("--plugin-dir", "-d") { Description = "Plugin folder; may be given several times. By default ./plugins and ./scripts-plugins.", HelpName = "DIR" };

    /// <summary>An option that takes a port.</summary>
    public static Option<int?> Port(string name, string description)
    {
        var option = new Option<int?>(name) { Description = description, HelpName = "PORT" };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var port) && port is < 0 or > 65535)
                result.AddError($"{name} takes a port from 0 to 65535, not {port}.");
        });
        return option;
    }
}
