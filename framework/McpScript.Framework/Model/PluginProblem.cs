namespace McpScript.Model;

/// <summary>One problem of a plugin.</summary>
/// <param name="Message">Description of the problem, as a sentence.</param>
/// <param name="Code">Code of the compiler or of McpScript, such as <c>CS0103</c>; null if there is none.</param>
/// <param name="File">Absolute path of the file; null if the problem has no place in a file.</param>
/// <param name="Line">Line number, from 1; null without a place.</param>
/// <param name="Column">Column number, from 1; null without a place.</param>
/// <param name="SourceLine">Text of the line, which is shown with a caret.</param>
public sealed record PluginProblem(string Message, string? Code = null, string? File = null, int? Line = null, int? Column = null, string? SourceLine = null)
{
    /// <summary>A handler, name or option that the SDK or the host rejects.</summary>
    internal const string CannotRegister = "MCS0013";

    /// <summary>Creates the problem of an item that the SDK or the host rejects.</summary>
    internal static PluginProblem Refused(Exception refusal) => new(refusal.Message, (refusal as GuardException)?.Code ?? CannotRegister);

    /// <summary>Formats one line: <c>file(line,col): error CODE: message</c>, without the parts that are null.</summary>
    public override string ToString()
    {
        var place = File is null ? "" : Line is null ? $"{File}: " : $"{File}({Line},{Column}): ";
        return Code is null ? place + Message : $"{place}error {Code}: {Message}";
    }

    /// <summary>Formats as <see cref="ToString"/>, followed by the source line and a caret below the place.</summary>
    public string ToStringWithSource()
    {
        if (SourceLine is null || Column is not { } column)
            return ToString();
        var indent = SourceLine.Length - SourceLine.TrimStart().Length;
        // Tabs stay tabs, so that the caret is below the place for any tab width.
        var before = new string([.. SourceLine.Take(column - 1).Skip(indent).Select(c => c == '\t' ? '\t' : ' ')]);
        return $"{this}\n    {SourceLine.TrimStart()}\n    {before}^";
    }
}
