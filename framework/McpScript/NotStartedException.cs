using McpScript.Registry;

namespace McpScript;

/// <summary>
/// Failure of a server to start because required plugins cannot be loaded. The message is for the operator and lists the problems of each plugin.
/// </summary>
public sealed class NotStartedException(string message) : Exception(message)
{
    NotStartedException(IReadOnlyList<ChangeResult> failures, string why) : this(Text(failures, why)) =>
        Failures = failures;

    /// <summary>Outcomes of the plugins that could not be loaded.</summary>
    public IReadOnlyList<ChangeResult> Failures { get; } = [];

    internal static void ThrowIf(bool needsAll, bool needsOne, IReadOnlyList<ChangeResult> results)
    {
        var failures = results.Where(result => !result.Ok).ToList();
        if (needsAll && failures.Count > 0)
            throw new NotStartedException(failures, "--strict requires every desired plugin to load. Fix the plugins above, or start without --strict.");
        if (needsOne && failures.Count == results.Count)
            throw new NotStartedException(failures, failures.Count == 0 ? "there is no plugin to load." : "no plugin could be loaded. Fix one of them.");
    }

    static string Text(IReadOnlyList<ChangeResult> failures, string why) => string.Join('\n', [.. failures.SelectMany(Lines), $"Not started: {why}"]);

    // A problem without a file adds nothing to the error.
    static IEnumerable<string?> Lines(ChangeResult failure) =>
        [failure.Error, .. failure.Problems.Where(problem => problem.File is not null).Select(problem => $"- {problem.ToStringWithSource()}")];
}
