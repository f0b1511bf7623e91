using McpScript.Client.Connecting;
using McpScript.Client.Errors;

namespace McpScript.Client.Commands;

/// <summary>Exit of the process while work is still running.</summary>
static class ForcedExit
{
    static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>Closes the connection, so that no session or child process remains, and exits with code 130 after at most 2 seconds.</summary>
    public static void Run(Connection connection)
    {
        Task.Run(() => connection.DisposeAsync().AsTask()).Wait(Grace);
        Environment.Exit(ExitCodes.Interrupted);
    }
}
