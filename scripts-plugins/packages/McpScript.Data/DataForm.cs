using System.Text.Json.Serialization;

namespace McpScript.Data;

/// <summary>Data formats.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DataForm>))]
public enum DataForm
{
    /// <summary>JSON.</summary>
    [JsonStringEnumMemberName("json")] Json,

    /// <summary>YAML.</summary>
    [JsonStringEnumMemberName("yaml")] Yaml,

    /// <summary>Comma-separated values, with column names in the first row.</summary>
    [JsonStringEnumMemberName("csv")] Csv,
}
