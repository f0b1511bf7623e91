namespace McpScript.Client.Terminal;

/// <summary>One completion of the word before the cursor.</summary>
/// <param name="Text">Text that replaces the completed part.</param>
/// <param name="Final">True if the word is complete, so that a blank is appended.</param>
readonly record struct Candidate(string Text, bool Final = true);
