namespace McpScript.Configuration;

/// <summary>A way to write tool calls down.</summary>
public enum ToolLoggerKind
{
    /// <summary>A JSON object a line.</summary>
    Jsonl,

    /// <summary>A line for people.</summary>
    Text,

    /// <summary>A Markdown document.</summary>
    Transcript,
}
