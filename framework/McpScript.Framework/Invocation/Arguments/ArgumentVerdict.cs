using System.Collections.Immutable;
using System.Text.Json;

namespace McpScript.Invocation.Arguments;

/// <summary>The outcome of comparing arguments with a schema.</summary>
/// <param name="Problems">A sentence for each problem; empty if they fit.</param>
/// <param name="Changed">The arguments as the tool is to get them; null if as they came.</param>
/// <param name="Ignored">The names of unknown arguments that were left out.</param>
readonly record struct ArgumentVerdict(IReadOnlyList<string> Problems, IDictionary<string, JsonElement>? Changed, ImmutableArray<string> Ignored)
{
    /// <summary>They fit as they came.</summary>
    public static ArgumentVerdict Fits { get; } = new([], null, []);
}
