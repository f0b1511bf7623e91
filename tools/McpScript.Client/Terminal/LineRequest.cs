namespace McpScript.Client.Terminal;

/// <summary>Options for reading one line.</summary>
/// <param name="Prompt">Text before the input.</param>
/// <param name="Completer">Completions for Tab; null for none.</param>
/// <param name="History">History for the arrow keys, to which the entered line is added; null for none.</param>
sealed record LineRequest(string Prompt, ICompleter? Completer = null, History? History = null);
