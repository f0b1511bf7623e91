using McpScript.CallLog;

namespace McpScript.Factory;

/// <summary>The two logs of tool calls that a client can turn on; both are off at start.</summary>
/// <param name="folder">Folder of the log files.</param>
sealed class FactoryLogs(string folder)
{
    /// <summary>Text log <c>factory.log</c>: one line per call.</summary>
    public SwitchedToolLogger Text { get; } = new(new TextToolLogger(Path.Combine(folder, "factory.log")));

    /// <summary>Transcripts: a Markdown document for each period in which it is on.</summary>
    public TranscriptLogger Transcript { get; } = new(Path.Combine(folder, "transcripts"));
}
