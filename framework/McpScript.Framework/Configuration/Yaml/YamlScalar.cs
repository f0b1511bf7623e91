namespace McpScript.Configuration.Yaml;

/// <summary>A single value, its variables expanded.</summary>
/// <param name="Text">The text to use.</param>
/// <param name="Source">The text as written; what error texts show, since a variable may hold a secret.</param>
/// <param name="Quoted">Written in quotes or as a block: text, whatever it looks like.</param>
/// <param name="Expanded">Came from outside YAML, by a variable, the environment or the command line, and so has no YAML type of its own.</param>
/// <param name="Line">From 1; 0 for a value that does not come from a file.</param>
/// <param name="Column">From 1; 0 for a value that does not come from a file.</param>
sealed record YamlScalar(string Text, string Source, bool Quoted, bool Expanded, int Line, int Column) : YamlValue(Line, Column)
{
    /// <summary>A value from the environment or the command line.</summary>
    public static YamlScalar Given(string text) => new(text, text, Quoted: false, Expanded: true, 0, 0);

    /// <summary>Nothing was written, or a null, or variables that are all empty.</summary>
    public bool IsNull => Expanded ? Text.Length == 0 : !Quoted && Text is "" or "~" or "null" or "Null" or "NULL";

    /// <summary>A switch as YAML and people write it; null if it is none.</summary>
    public bool? AsSwitch => Quoted && !Expanded ? null : Text.ToLowerInvariant() switch
    {
        "true" or "on" or "yes" => true,
        "false" or "off" or "no" => false,
        "1" when Expanded => true,
        "0" when Expanded => false,
        _ => null,
    };

    /// <summary>Text on purpose: in quotes, from outside, or nothing that YAML would read as a switch.</summary>
    public bool IsText => Quoted || Expanded || AsSwitch is null;

    /// <inheritdoc/>
    public override string Describe() => this switch
    {
        { IsNull: true } => "nothing",
        { Quoted: true, Expanded: false } => $"the quoted text \"{Shown}\"",
        { Expanded: true, Line: > 0 } => $"what '{Shown}' stands for",
        _ => $"'{Shown}'",
    };

    // Long texts and line breaks would tear the list of problems apart.
    string Shown => (Source.Length > 60 ? Source[..60] + "…" : Source).ReplaceLineEndings(" ");
}
