using McpScript.Client.Asking;
using McpScript.Client.Connecting;
using McpScript.Client.Showing;
using McpScript.Client.Terminal;

namespace McpScript.Client.Repl;

/// <summary>What commands work with: a screen, and a connection.</summary>
/// <param name="Screen">Where things are shown.</param>
/// <param name="Connection">The server.</param>
/// <param name="Content">How content is shown.</param>
/// <param name="Verbose">True to tell more.</param>
sealed record Session(IScreen Screen, Connection Connection, ContentText Content, bool Verbose)
{
    /// <summary>Asks the user.</summary>
    public Questions Questions { get; } = new(Screen);
}
