namespace McpScript.Client.Terminal;

/// <summary>A line while it is edited: a text, and where the cursor is in it.</summary>
sealed class LineBuffer
{
    /// <summary>The text.</summary>
    public string Text { get; private set; } = "";

    /// <summary>How many characters are before the cursor.</summary>
    public int Cursor { get; private set; }

    /// <summary>What is before the cursor.</summary>
    public string BeforeCursor => Text[..Cursor];

    /// <summary>Puts another text in; the cursor goes to its end.</summary>
    public void Replace(string text) => (Text, Cursor) = (text, text.Length);

    /// <summary>Puts a text in at the cursor.</summary>
    public void Insert(string text) => (Text, Cursor) = (Text.Insert(Cursor, text), Cursor + text.Length);

    /// <summary>Replaces what is between a place and the cursor.</summary>
    public void ReplaceFrom(int start, string text) => (Text, Cursor) = (Text[..start] + text + Text[Cursor..], start + text.Length);

    /// <summary>Moves the cursor.</summary>
    public void MoveTo(int place) => Cursor = Math.Clamp(place, 0, Text.Length);

    /// <summary>One character to the left; both halves of one outside the basic plane.</summary>
    public int Left => Cursor == 0 ? 0 : Cursor - (Cursor > 1 && char.IsSurrogatePair(Text, Cursor - 2) ? 2 : 1);

    /// <summary>One character to the right.</summary>
    public int Right => Cursor == Text.Length ? Cursor : Cursor + (Cursor + 1 < Text.Length && char.IsSurrogatePair(Text, Cursor) ? 2 : 1);

    /// <summary>The beginning of the word before the cursor.</summary>
    public int WordLeft
    {
        get
        {
            var at = Cursor;
            while (at > 0 && char.IsWhiteSpace(Text[at - 1]))
                at--;
            while (at > 0 && !char.IsWhiteSpace(Text[at - 1]))
                at--;
            return at;
        }
    }

    /// <summary>The end of the word after the cursor.</summary>
    public int WordRight
    {
        get
        {
            var at = Cursor;
            while (at < Text.Length && char.IsWhiteSpace(Text[at]))
                at++;
            while (at < Text.Length && !char.IsWhiteSpace(Text[at]))
                at++;
            return at;
        }
    }

    /// <summary>Takes out what is between two places, of which one is the cursor.</summary>
    public void Delete(int from, int to) => (Text, Cursor) = (Text.Remove(from, to - from), from);
}
