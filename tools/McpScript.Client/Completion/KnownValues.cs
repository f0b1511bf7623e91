using McpScript.Client.Arguments;

namespace McpScript.Client.Completion;

/// <summary>Values of a parameter that its schema lists.</summary>
static class KnownValues
{
    /// <summary>Returns the allowed values, <c>true</c> and <c>false</c> for a boolean, or the default; empty if the schema has none of them.</summary>
    public static IReadOnlyList<string> Of(Parameter parameter)
    {
        if (parameter.Schema.Choices is { Count: > 0 } choices)
            return [.. choices.Select(choice => Json.Inline(choice.Value))];
        if (parameter.Schema.Items?.Choices is { Count: > 0 } items)
            return [.. items.Select(choice => Json.Inline(choice.Value))];
        return parameter.Schema.Types.Contains("boolean") ? ["true", "false"] : parameter.Default is { } preset ? [preset] : [];
    }
}
