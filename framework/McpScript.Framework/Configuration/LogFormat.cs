namespace McpScript.Configuration;

/// <summary>Format of log lines.</summary>
public enum LogFormat
{
    /// <summary>Readable text.</summary>
    Text,

    /// <summary>One JSON object per line.</summary>
    Json,
}
