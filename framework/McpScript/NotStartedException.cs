using McpScript.Registry;

namespace McpScript;

/// <summary>A server is not to run without plugins that cannot be loaded; the message is for the operator and tells what is wrong with each.</summary>
public sealed class NotStartedException(IReadOnlyList<ChangeResult> failures, string why) : Exception(Text(failures, why))
{
    /// <summary>What became of the plugins that could not be loaded.</summary>
    public IReadOnlyList<ChangeResult> Failures { get; } = failures;

    internal static void ThrowIf(bool needsAll, bool needsOne, IReadOnlyList<ChangeResult> results)
    {
        var failures = results.Where(result => !result.Ok).ToList();
        if (needsAll && failures.Count > 0)
            throw new NotStartedException(failures, "--strict asks for every wanted plugin to be loaded. Fix them, or start without --strict.");
        if (needsOne && failures.Count == results.Count)
            throw new NotStartedException(failures, failures.Count == 0 ? "there is no plugin to load." : "no plugin could be loaded. Fix one of them.");
    }

    static string Text(IReadOnlyList<ChangeResult> failures, string why) => string.Join('\n', [.. failures.Select(failure => failure.Error), $"Not started: {why}"]);
}
