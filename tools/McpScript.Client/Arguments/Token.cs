namespace McpScript.Client.Arguments;

/// <summary>A token of a line.</summary>
/// <param name="Text">Text without quotes and escapes.</param>
/// <param name="Start">Index of its first character in the line.</param>
/// <param name="End">Index after its last character in the line.</param>
/// <param name="Open">The quote that is not closed; null if there is none.</param>
readonly record struct Token(string Text, int Start, int End, char? Open);
