namespace McpScript.Client.Terminal;

/// <summary>A line of user input.</summary>
/// <param name="End">Key or event that ended it.</param>
/// <param name="Text">Its text.</param>
readonly record struct TypedLine(LineEnd End, string Text)
{
    /// <summary>The text if the line ended with Enter; otherwise null.</summary>
    public string? Entered => End == LineEnd.Entered ? Text : null;
}
