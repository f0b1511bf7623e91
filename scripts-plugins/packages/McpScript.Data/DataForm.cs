using System.Text.Json.Serialization;

namespace McpScript.Data;

/// <summary>What data may be written in.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DataForm>))]
public enum DataForm
{
    /// <summary>JSON.</summary>
    [JsonStringEnumMemberName("json")] Json,

    /// <summary>YAML.</summary>
    [JsonStringEnumMemberName("yaml")] Yaml,

    /// <summary>Comma-separated values, the names of the columns in the first row.</summary>
    [JsonStringEnumMemberName("csv")] Csv,
}
