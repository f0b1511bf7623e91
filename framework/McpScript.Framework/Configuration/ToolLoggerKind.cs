namespace McpScript.Configuration;

/// <summary>Format of a log of tool calls.</summary>
public enum ToolLoggerKind
{
    /// <summary>One JSON object per line.</summary>
    Jsonl,

    /// <summary>One line of readable text.</summary>
    Text,

    /// <summary>A Markdown document.</summary>
    Transcript,
}
