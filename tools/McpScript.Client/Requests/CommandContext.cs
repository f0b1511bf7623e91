using McpScript.Client.Connecting;
using McpScript.Client.Input;
using McpScript.Client.Output;
using McpScript.Client.Terminal;

namespace McpScript.Client.Requests;

/// <summary>What commands work with: a screen, and a connection.</summary>
/// <param name="Screen">Where things are shown.</param>
/// <param name="Connection">The server.</param>
/// <param name="Content">How content is shown.</param>
/// <param name="Verbose">True to tell more.</param>
sealed record CommandContext(IScreen Screen, Connection Connection, ContentText Content, bool Verbose)
{
    /// <summary>Asks the user.</summary>
    public ParameterPrompt Prompt { get; } = new(Screen);
}
