using System.Text.Json;
using Json.Schema;

namespace McpScript.Core.Tests.Loading.Answers;

/// <summary>An output schema as a client has it, with a validator that is not ours.</summary>
static class ListedSchema
{
    /// <summary>Asserts that a value fits; formats are checked, as ajv-formats does at TypeScript clients.</summary>
    public static void Fits(JsonElement schema, JsonElement? value, string what)
    {
        Assert.True(value is not null, $"{what}: an output schema is listed, and there is no structured content.");
        var result = JsonSchema.FromText(schema.GetRawText())
            .Evaluate(value.Value, new EvaluationOptions { OutputFormat = OutputFormat.List, RequireFormatValidation = true });
        var errors = result.Details?.Where(detail => detail.Errors is { Count: > 0 })
            .Select(detail => $"{detail.InstanceLocation}: {string.Join("; ", detail.Errors!.Values)}") ?? [];
        Assert.True(result.IsValid, $"{what}\n{schema.GetRawText()}\n{value.Value.GetRawText()}\n{string.Join('\n', errors)}");
    }
}
