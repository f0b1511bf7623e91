namespace McpScript.Data;

/// <summary>What data may be written in.</summary>
public enum DataForm
{
    /// <summary>JSON.</summary>
    Json,

    /// <summary>YAML.</summary>
    Yaml,

    /// <summary>Comma-separated values, the names of the columns in the first row.</summary>
    Csv,
}
