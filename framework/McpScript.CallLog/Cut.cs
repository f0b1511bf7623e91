namespace McpScript.CallLog;

/// <summary>Shortens texts, and says so at the end of what is left.</summary>
static class Cut
{
    /// <summary>What stands where something was cut off.</summary>
    public const string Mark = "...";

    /// <summary>At most so many characters of a text, and the mark if there was more.</summary>
    /// <param name="text">The text, or its beginning.</param>
    /// <param name="most">How many characters may stay.</param>
    /// <param name="whole">How long the whole text is, if only its beginning is at hand.</param>
    public static string At(string text, int most, int whole = 0) =>
        text.Length > most ? Beginning(text, most) + Mark : whole > text.Length ? text + Mark : text;

    /// <summary>At most so many characters of a text; half a surrogate pair is left out.</summary>
    public static string Beginning(string text, int most) =>
        text.Length <= most ? text : text[..(most > 0 && char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];
}
