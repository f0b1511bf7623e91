namespace McpScript.Client.Terminal;

/// <summary>A line that was typed.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Text">What it says.</param>
readonly record struct TypedLine(LineEnd End, string Text)
{
    /// <summary>The text, if it was entered.</summary>
    public string? Entered => End == LineEnd.Entered ? Text : null;
}
