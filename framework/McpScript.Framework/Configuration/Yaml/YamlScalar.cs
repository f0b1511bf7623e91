namespace McpScript.Configuration.Yaml;

/// <summary>A single value, its variables expanded.</summary>
/// <param name="Text">The text to use.</param>
/// <param name="Source">The text as written, for error texts, because a variable may hold a secret.</param>
/// <param name="Quoted">True for a value in quotes or a block: always text.</param>
/// <param name="Expanded">True for a value from a variable, the environment or the command line, which has no YAML type.</param>
/// <param name="Line">Line number, from 1; 0 for a value that does not come from a file.</param>
/// <param name="Column">Column number, from 1; 0 for a value that does not come from a file.</param>
sealed record YamlScalar(string Text, string Source, bool Quoted, bool Expanded, int Line, int Column) : YamlValue(Line, Column)
{
    /// <summary>Returns a value from the environment or the command line.</summary>
    public static YamlScalar Given(string text) => new(text, text, Quoted: false, Expanded: true, 0, 0);

    /// <summary>True for no text, a null, or variables that are all empty.</summary>
    public bool IsNull => Expanded ? Text.Length == 0 : !Quoted && Text is "" or "~" or "null" or "Null" or "NULL";

    /// <summary>The value as a switch (true, on, yes, false, off, no); null if it is not one.</summary>
    public bool? AsSwitch => Quoted && !Expanded ? null : Text.ToLowerInvariant() switch
    {
        "true" or "on" or "yes" => true,
        "false" or "off" or "no" => false,
        "1" when Expanded => true,
        "0" when Expanded => false,
        _ => null,
    };

    /// <summary>True for text: in quotes, from outside YAML, or not a word that YAML reads as a switch.</summary>
    public bool IsText => Quoted || Expanded || AsSwitch is null;

    /// <inheritdoc/>
    public override string Describe() => this switch
    {
        { IsNull: true } => "nothing",
        { Quoted: true, Expanded: false } => $"the quoted text \"{Shown}\"",
        { Expanded: true, Line: > 0 } => $"the value of '{Shown}'",
        _ => $"'{Shown}'",
    };

    // Long texts and line breaks would break the list of problems.
    string Shown => (Source.Length > 60 ? Source[..60] + "…" : Source).ReplaceLineEndings(" ");
}
