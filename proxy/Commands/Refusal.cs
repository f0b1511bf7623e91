using System.Text.Json.Nodes;
using McpScript.Model;

namespace McpScript.Proxy.Commands;

/// <summary>Shows why something was not done, with the source lines of compile problems.</summary>
static class Refusal
{
    /// <summary>On stderr.</summary>
    public static void Show(JsonObject body)
    {
        Console.Error.WriteLine($"Error: {body["error"]}");
        // A problem without a place says no more than the error did.
        foreach (var problem in (body["problems"] as JsonArray ?? []).Where(problem => problem!["file"] is not null))
            Console.Error.WriteLine($"- {Problem(problem!).ToStringWithSource()}");
    }

    static PluginProblem Problem(JsonNode problem) => new(
        problem["message"]?.GetValue<string>() ?? "", problem["code"]?.GetValue<string>(), problem["file"]?.GetValue<string>(),
        problem["line"]?.GetValue<int>(), problem["column"]?.GetValue<int>(), problem["source_line"]?.GetValue<string>());
}
