using McpScript.Client.Connecting;
using McpScript.Client.Input;
using McpScript.Client.Output;
using McpScript.Client.Terminal;

namespace McpScript.Client.Requests;

/// <summary>Context of a command: the screen and the connection.</summary>
/// <param name="Screen">Output, and input of the user.</param>
/// <param name="Connection">Connection to the server.</param>
/// <param name="Content">Formats content of results.</param>
/// <param name="Verbose">True to show more details (<c>--verbose</c>).</param>
sealed record CommandContext(IScreen Screen, Connection Connection, ContentText Content, bool Verbose)
{
    /// <summary>Prompts the user for values of parameters.</summary>
    public ParameterPrompt Prompt { get; } = new(Screen);
}
