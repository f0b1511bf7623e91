using System.Text.Json.Nodes;
using McpScript.Model;

namespace McpScript.Proxy.Commands;

/// <summary>Writes error responses of the management API, with the source lines of compile problems.</summary>
static class ErrorOutput
{
    /// <summary>Writes an error to stderr.</summary>
    public static void Show(JsonObject body)
    {
        Console.Error.WriteLine($"Error: {body["error"]}");
        // A problem without a file adds nothing to the error.
        foreach (var problem in (body["problems"] as JsonArray ?? []).Where(problem => problem!["file"] is not null))
            Console.Error.WriteLine($"- {Problem(problem!).ToStringWithSource()}");
    }

    static PluginProblem Problem(JsonNode problem) => new(
        problem["message"]?.GetValue<string>() ?? "", problem["code"]?.GetValue<string>(), problem["file"]?.GetValue<string>(),
        problem["line"]?.GetValue<int>(), problem["column"]?.GetValue<int>(), problem["source_line"]?.GetValue<string>());
}
