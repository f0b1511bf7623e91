namespace McpScript.Configuration;

/// <summary>What a log line looks like.</summary>
public enum LogFormat
{
    /// <summary>For people.</summary>
    Text,

    /// <summary>One JSON object a line.</summary>
    Json,
}
