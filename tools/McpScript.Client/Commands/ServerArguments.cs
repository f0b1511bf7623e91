using McpScript.Client.Connecting;
using McpScript.Client.Errors;

namespace McpScript.Client.Commands;

/// <summary>Parses the arguments of a one-shot command: first the server (a URL, or a command line up to <c>::</c>), then the request.</summary>
static class ServerArguments
{
    const string Separator = "::";

    /// <summary>Parses the arguments.</summary>
    /// <param name="words">Arguments of the command line.</param>
    /// <param name="token">Bearer token for HTTP; null for none.</param>
    /// <param name="wantsMore">True if arguments of a request are required after the server.</param>
    /// <returns>The server, and the arguments after it.</returns>
    /// <exception cref="UserError">No server is given, or the end of its command line is not marked.</exception>
    public static (ServerTarget Target, IReadOnlyList<string> Wanted) Read(IReadOnlyList<string> words, string? token, bool wantsMore)
    {
        if (words.Count > 0 && IsUrl(words[0]))
            return (new HttpTarget(new(words[0]), token), [.. words.Skip(1)]);
        var end = words.ToList().IndexOf(Separator);
        if (words.Count == 0 || end == 0)
            throw UserError.Usage("No server is given.", ["neither a URL nor a command was found"], Cure(wantsMore));
        if (end < 0 && wantsMore)
            throw UserError.Usage($"It is not clear where the server's command ends: {string.Join(' ', words)}",
                [$"'{words[0]}' is not a URL, so it is taken for a program, and there is no '{Separator}' after its arguments"], Cure(wantsMore));
        return (new ProgramTarget(words[0], [.. words.Skip(1).Take((end < 0 ? words.Count : end) - 1)]), end < 0 ? [] : [.. words.Skip(end + 1)]);
    }

    /// <summary>Returns true for an absolute http or https URL.</summary>
    public static bool IsUrl(string word) =>
        Uri.TryCreate(word, UriKind.Absolute, out var url) && url.Scheme is ("http" or "https") && word.Contains("://");

    static string Cure(bool wantsMore) => wantsMore
        ? "Write either 'http://HOST:PORT/mcp WHAT…' or '-- PROGRAM ARGUMENTS… :: WHAT…'."
        : "Write either 'http://HOST:PORT/mcp' or '-- PROGRAM ARGUMENTS…'.";
}
