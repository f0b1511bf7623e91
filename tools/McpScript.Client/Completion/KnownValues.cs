using McpScript.Client.Arguments;

namespace McpScript.Client.Completion;

/// <summary>The values of a parameter that can be told from its schema.</summary>
static class KnownValues
{
    /// <summary>All choices, yes and no, or the default.</summary>
    public static IReadOnlyList<string> Of(Parameter parameter)
    {
        if (parameter.Schema.Choices is { Count: > 0 } choices)
            return [.. choices.Select(choice => Json.Inline(choice.Value))];
        if (parameter.Schema.Items?.Choices is { Count: > 0 } items)
            return [.. items.Select(choice => Json.Inline(choice.Value))];
        return parameter.Schema.Types.Contains("boolean") ? ["true", "false"] : parameter.Default is { } preset ? [preset] : [];
    }
}
