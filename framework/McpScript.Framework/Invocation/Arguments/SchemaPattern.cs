using System.Text;
using System.Text.RegularExpressions;

namespace McpScript.Invocation.Arguments;

/// <summary>A <c>pattern</c> of a schema, run so that no pattern and no text can hold up the server.</summary>
/// <remarks>
/// NonBacktracking takes time in proportion to the text. It has no look-around and no back references: those patterns run on the backtracking engine with a
/// time-out, and a text that cannot be judged in time does not fit. A pattern that .NET cannot read is not judged.
/// </remarks>
sealed class SchemaPattern
{
    static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(100);

    readonly Regex? _regex;

    public SchemaPattern(string text) => (Text, _regex) = (text, Compile(WithStrictEnd(text)));

    /// <summary>As the schema says it.</summary>
    public string Text { get; }

    /// <summary>True if the pattern is found in a text.</summary>
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
            return new(pattern, RegexOptions.CultureInvariant, s_patience);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    // In JSON Schema '$' is the end of the text; in .NET it may stand before a last line feed too.
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
