using System.CommandLine;

namespace McpScript.Proxy.Commands;

/// <summary><c>mcp-proxy gate …</c>: the operator's side of the gate.</summary>
static class GateCommand
{
    /// <summary>The command with its own commands.</summary>
    public static Command Create() => new("gate", "Unlock and lock guarded tools, and make the secrets for it.")
    {
        new GateStatusCommand(), new GateUnlockCommand(), new GateLockCommand(), GateEnrollCommand.Create(),
    };
}
