using System.IO.Enumeration;
using McpScript.Configuration;

namespace McpScript.Invocation.Limits;

/// <summary>The limits of one tool; null for limits that are not set.</summary>
sealed record ToolLimits(int? MaxArguments, int? MaxResult, int? Rate, TimeSpan? Timeout)
{
    /// <summary>Returns the limits of a tool: each from the most specific pattern that sets it, else the general one.</summary>
    /// <remarks>A pattern with more literal characters is more specific; among equal ones, the pattern with fewer asterisks.</remarks>
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
        return new(
            First(layer => layer.MaxArguments)?.Whole, First(layer => layer.MaxResult)?.Whole, First(layer => layer.Rate)?.Whole,
            First(layer => layer.Timeout)?.Seconds);
    }
}
