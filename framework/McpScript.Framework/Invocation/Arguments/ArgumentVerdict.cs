using System.Collections.Immutable;
using System.Text.Json;

namespace McpScript.Invocation.Arguments;

/// <summary>Result of checking arguments against a schema.</summary>
/// <param name="Problems">One sentence per problem; empty if the arguments fit.</param>
/// <param name="Changed">The rewritten arguments for the tool; null if they are unchanged.</param>
/// <param name="Ignored">The names of unknown arguments that were dropped.</param>
readonly record struct ArgumentVerdict(IReadOnlyList<string> Problems, IDictionary<string, JsonElement>? Changed, ImmutableArray<string> Ignored)
{
    /// <summary>The verdict for arguments that fit without changes.</summary>
    public static ArgumentVerdict Fits { get; } = new([], null, []);
}
