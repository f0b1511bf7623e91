using McpScript.Client.Connecting;
using McpScript.Client.Errors;

namespace McpScript.Client.Commands;

/// <summary>Reads the words of a command: first a server, either a URL, or a program's command line up to <c>::</c>; then what is wanted of it.</summary>
static class ServerArguments
{
    const string Separator = "::";

    /// <summary>The server, and the words after it.</summary>
    /// <exception cref="UserError">There is none.</exception>
    public static (ServerTarget Target, IReadOnlyList<string> Wanted) Read(IReadOnlyList<string> words, string? token, bool wantsMore)
    {
        if (words.Count > 0 && IsUrl(words[0]))
            return (new HttpTarget(new(words[0]), token), [.. words.Skip(1)]);
        var end = words.ToList().IndexOf(Separator);
        if (words.Count == 0 || end == 0)
            throw UserError.Usage("There is no server to ask.", ["neither a URL nor a command was given"], Cure(wantsMore));
        if (end < 0 && wantsMore)
            throw UserError.Usage($"It is not clear where the server's command ends: {string.Join(' ', words)}", [$"'{words[0]}' is no URL, so it is taken for a program, and there is no '{Separator}' after its arguments"], Cure(wantsMore));
        return (new ProgramTarget(words[0], [.. words.Skip(1).Take((end < 0 ? words.Count : end) - 1)]), end < 0 ? [] : [.. words.Skip(end + 1)]);
    }

    /// <summary>True for what is a server's address.</summary>
    public static bool IsUrl(string word) => Uri.TryCreate(word, UriKind.Absolute, out var url) && url.Scheme is ("http" or "https") && word.Contains("://");

    static string Cure(bool wantsMore) => wantsMore ? "Write either 'http://HOST:PORT/mcp WHAT…' or '-- PROGRAM ARGUMENTS… :: WHAT…'." : "Write either 'http://HOST:PORT/mcp' or '-- PROGRAM ARGUMENTS…'.";
}
