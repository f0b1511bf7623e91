using McpScript.CallLog;

namespace McpScript.Factory;

/// <summary>The two logs of tool calls that a client can turn on; both are off at first.</summary>
/// <param name="folder">Where they are.</param>
sealed class FactoryLogs(string folder)
{
    /// <summary><c>factory.log</c>, a line for each call.</summary>
    public SwitchedToolLogger Text { get; } = new(new TextToolLogger(Path.Combine(folder, "factory.log")));

    /// <summary>A Markdown document for each time it was on.</summary>
    public TranscriptLogger Transcript { get; } = new(Path.Combine(folder, "transcripts"));
}
