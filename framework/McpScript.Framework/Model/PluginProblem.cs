namespace McpScript.Model;

/// <summary>One thing that is wrong with a plugin.</summary>
/// <param name="Message">What is wrong, in a sentence.</param>
/// <param name="Code">The compiler's or our code, such as <c>CS0103</c>; null if there is none.</param>
/// <param name="File">Absolute path; null if it is not about a place in a file.</param>
/// <param name="Line">From 1; null without a place.</param>
/// <param name="Column">From 1; null without a place.</param>
/// <param name="SourceLine">The text of that line, for the caret display.</param>
public sealed record PluginProblem(string Message, string? Code = null, string? File = null, int? Line = null, int? Column = null, string? SourceLine = null)
{
    /// <summary>A handler, name or option that the SDK or the host refuses.</summary>
    internal const string CannotBeOffered = "MCS0013";

    /// <summary>The problem of something that cannot be offered.</summary>
    internal static PluginProblem Refused(Exception refusal) => new(refusal.Message, (refusal as GuardException)?.Code ?? CannotBeOffered);

    /// <summary>One line: <c>file(line,col): error CODE: message</c>, with as much of it as there is.</summary>
    public override string ToString()
    {
        var place = File is null ? "" : Line is null ? $"{File}: " : $"{File}({Line},{Column}): ";
        return Code is null ? place + Message : $"{place}error {Code}: {Message}";
    }

    /// <summary>As <see cref="ToString"/>, and under it the source line with a caret below the place.</summary>
    public string ToStringWithSource()
    {
        if (SourceLine is null || Column is not { } column)
            return ToString();
        var indent = SourceLine.Length - SourceLine.TrimStart().Length;
        // Tabs stay tabs, so that the caret stands below the place whatever a tab is worth here.
        var before = new string([.. SourceLine.Take(column - 1).Skip(indent).Select(c => c == '\t' ? '\t' : ' ')]);
        return $"{this}\n    {SourceLine.TrimStart()}\n    {before}^";
    }
}
