namespace McpScript.CallLog;

/// <summary>Shortens texts, with a mark at the end.</summary>
static class Truncation
{
    /// <summary>The mark for a removed part.</summary>
    public const string Mark = "...";

    /// <summary>Returns the beginning of a text, and the mark if the text is longer.</summary>
    /// <param name="text">The text, or its beginning.</param>
    /// <param name="most">The largest number of characters to keep.</param>
    /// <param name="whole">The length of the complete text, if only its beginning is given.</param>
    public static string Of(string text, int most, int whole = 0) =>
        text.Length > most ? Beginning(text, most) + Mark : whole > text.Length ? text + Mark : text;

    /// <summary>Returns at most a number of characters of a text, without splitting a surrogate pair.</summary>
    public static string Beginning(string text, int most) =>
        text.Length <= most ? text : text[..(most > 0 && char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];
}
