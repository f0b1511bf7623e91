using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using McpScript.Plugins;
using McpScript.Registry;

namespace McpScript.Http;

/// <summary>The body of <c>GET /proxy/status</c>: the Python original's fields, and ours beside them.</summary>
sealed record StatusBody(
    int TotalTools, int TotalResources, int TotalPrompts, int TotalPlugins, IReadOnlyDictionary<string, PluginStatus> Plugins, int LiveGenerations,
    IReadOnlyList<RetiredGeneration> Retired)
{
    /// <summary>Snake case, and no more escapes than JSON needs.</summary>
    public static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The body of a summary.</summary>
    public static StatusBody Of(RegistrySummary summary) => new(
        summary.TotalTools, summary.TotalResources, summary.TotalPrompts, summary.TotalPlugins,
        new OrderedDictionary<string, PluginStatus>(summary.Plugins), summary.LiveGenerations, summary.Retired);
}
