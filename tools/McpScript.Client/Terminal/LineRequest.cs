namespace McpScript.Client.Terminal;

/// <summary>How to ask for a line.</summary>
/// <param name="Prompt">What stands before it.</param>
/// <param name="Completer">What Tab does.</param>
/// <param name="History">What the up arrow brings back, and where the line is kept.</param>
sealed record LineRequest(string Prompt, ICompleter? Completer = null, History? History = null);
