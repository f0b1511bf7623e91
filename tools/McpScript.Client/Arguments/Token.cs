namespace McpScript.Client.Arguments;

/// <summary>A word of a line, its quotes taken off.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Start">Where it begins in the line.</param>
/// <param name="End">Where it ends in the line.</param>
/// <param name="Open">The quote that was never closed, if any.</param>
readonly record struct Token(string Text, int Start, int End, char? Open);
