using System.IO.Enumeration;
using McpScript.Configuration;

namespace McpScript.Invocation.Limits;

/// <summary>The limits that hold for one tool; null where there is none.</summary>
sealed record ToolLimits(int? MaxArguments, int? MaxResult, int? Rate, TimeSpan? Timeout)
{
    /// <summary>True if there is none at all.</summary>
    public bool IsEmpty => this is { MaxArguments: null, MaxResult: null, Rate: null, Timeout: null };

    /// <summary>The limits of a tool: each by the most particular pattern that sets it, else the general one.</summary>
    /// <remarks>A pattern is the more particular the more letters it has and, with as many letters, the fewer asterisks.</remarks>
    public static ToolLimits Of(string tool, LimitSettings settings)
    {
        ToolLimitSettings[] layers =
        [
            .. from entry in settings.Tools
               where FileSystemName.MatchesSimpleExpression(entry.Key, tool, ignoreCase: false)
               orderby entry.Key.Count(character => character is not ('*' or '?')) descending, entry.Key.Count(character => character == '*')
               select entry.Value,
            settings,
        ];
        Limit? First(Func<ToolLimitSettings, Limit?> limit) => layers.Select(limit).FirstOrDefault(bound => bound is not null);
        return new(First(layer => layer.MaxArguments)?.Whole, First(layer => layer.MaxResult)?.Whole, First(layer => layer.Rate)?.Whole, First(layer => layer.Timeout)?.Seconds);
    }
}
