using System.Text;
using System.Text.RegularExpressions;

namespace McpScript.Invocation.Arguments;

/// <summary>A <c>pattern</c> of a schema, run in bounded time for every pattern and text.</summary>
/// <remarks>
/// NonBacktracking takes time in proportion to the text, but supports neither lookarounds nor backreferences: such patterns run on the backtracking engine
/// with a timeout of 100 ms, and a text that times out does not fit. A pattern that .NET cannot parse is not checked.
/// </remarks>
sealed class SchemaPattern
{
    static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(100);

    readonly Regex? _regex;

    public SchemaPattern(string text) => (Text, _regex) = (text, Compile(WithStrictEnd(text)));

    /// <summary>The pattern as the schema has it.</summary>
    public string Text { get; }

    /// <summary>Returns true if the pattern matches a part of a text.</summary>
    public bool Fits(string text)
    {
        try
        {
            return _regex?.IsMatch(text) is not false;
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    static Regex? Compile(string pattern)
    {
        try
        {
            return new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (NotSupportedException)
        {
            return new(pattern, RegexOptions.CultureInvariant, Timeout);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    // In JSON Schema '$' is the end of the text; in .NET it also matches before a final line feed.
    static string WithStrictEnd(string pattern)
    {
        if (!pattern.Contains('$'))
            return pattern;
        var strict = new StringBuilder(pattern.Length + 4);
        var inClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var character = pattern[i];
            if (character == '\\' && i + 1 < pattern.Length)
                strict.Append(character).Append(pattern[++i]);
            else if (character == '$' && !inClass)
                strict.Append("\\z");
            else
                strict.Append(character);
            inClass = character == '[' || inClass && character != ']';
        }
        return strict.ToString();
    }
}
