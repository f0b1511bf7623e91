using System.Text.RegularExpressions;

namespace McpScript.Scripting.Scripts;

/// <summary>
/// Finds the <c>#load</c> directives at the beginning of a script without the compiler, so that listing plugins does not load Roslyn.
/// </summary>
/// <remarks>Directives in a false <c>#if</c> count, as they do for Roslyn.</remarks>
static partial class LoadDirectives
{
    /// <summary>Returns the paths as written; reads up to the first line of code.</summary>
    public static IEnumerable<string> Of(TextReader script)
    {
        var inComment = false;
        while (script.ReadLine() is { } line)
        {
            var rest = line.Trim();
            if (!inComment && Load().Match(rest) is { Success: true } load)
                yield return load.Groups[1].Value;
            if (!inComment && rest.StartsWith('#'))
                continue;
            if (!IsBlank(rest, ref inComment))
                yield break;
        }
    }

    static bool IsBlank(string text, ref bool inComment)
    {
        while (text.Length > 0)
        {
            if (!inComment && text.StartsWith("//", StringComparison.Ordinal))
                return true;
            if (!inComment && !text.StartsWith("/*", StringComparison.Ordinal))
                return false;
            var end = text.IndexOf("*/", inComment ? 0 : 2, StringComparison.Ordinal);
            inComment = end < 0;
            text = inComment ? "" : text[(end + 2)..].TrimStart();
        }
        return true;
    }

    [GeneratedRegex("""^#\s*load\s+"([^"]+)"(\s*//.*)?$""")]
    private static partial Regex Load();
}
