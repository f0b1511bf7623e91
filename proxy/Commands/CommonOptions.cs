using System.CommandLine;
using McpScript.CommandLine;

namespace McpScript.Proxy.Commands;

/// <summary>Options that stand on the root and on commands as one and the same object, so that it does not matter whether they are said before or after the command's name.</summary>
static class CommonOptions
{
    /// <summary><c>--mgmt-port</c></summary>
    public static Option<int?> ManagementPort { get; } = PortOption.Create("--mgmt-port", "Port of the management API; when serving by default 12299, with stdio a free one; else the one of the proxy that is running.");

    /// <summary><c>--mgmt-token</c></summary>
    public static Option<string> Token { get; } = new("--mgmt-token", "--token") { Description = "Bearer token of the management API; by default MCP_MGMT_TOKEN.", HelpName = "TOKEN" };
}
