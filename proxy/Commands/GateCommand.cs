using System.CommandLine;

namespace McpScript.Proxy.Commands;

/// <summary><c>mcp-proxy gate …</c>: commands for the operator of the gate.</summary>
static class GateCommand
{
    /// <summary>Creates the command with its subcommands.</summary>
    public static Command Create() => new("gate", "Unlock and lock guarded tools, and create the secrets for it.")
    {
        new GateStatusCommand(), new GateUnlockCommand(), new GateLockCommand(), GateEnrollCommand.Create(),
    };
}
