using McpScript.Client.Connecting;
using McpScript.Client.Errors;

namespace McpScript.Client.Commands;

/// <summary>Leaving while something still runs.</summary>
static class ForcedExit
{
    static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>Hangs up, so that a session or a child does not outlive us, and ends the program even if that takes too long.</summary>
    public static void Run(Connection connection)
    {
        Task.Run(() => connection.DisposeAsync().AsTask()).Wait(Grace);
        Environment.Exit(ExitCodes.Interrupted);
    }
}
