namespace McpScript.Client.Terminal;

/// <summary>One way for a line to go on.</summary>
/// <param name="Text">What stands there then.</param>
/// <param name="Final">True if the word ends with it, so that a blank comes next.</param>
readonly record struct Candidate(string Text, bool Final = true);
