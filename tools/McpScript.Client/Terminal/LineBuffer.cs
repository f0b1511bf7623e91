namespace McpScript.Client.Terminal;

/// <summary>Text and cursor of a line that is being edited.</summary>
sealed class LineBuffer
{
    /// <summary>The text.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Cursor position: the number of UTF-16 code units before the cursor.</summary>
    public int Cursor { get; private set; }

    /// <summary>Text before the cursor.</summary>
    public string BeforeCursor => Text[..Cursor];

    /// <summary>Replaces the whole text and moves the cursor to its end.</summary>
    public void Replace(string text) => (Text, Cursor) = (text, text.Length);

    /// <summary>Inserts text at the cursor.</summary>
    public void Insert(string text) => (Text, Cursor) = (Text.Insert(Cursor, text), Cursor + text.Length);

    /// <summary>Replaces the text between an index and the cursor.</summary>
    public void ReplaceFrom(int start, string text) => (Text, Cursor) = (Text[..start] + text + Text[Cursor..], start + text.Length);

    /// <summary>Moves the cursor to an index, limited to the text.</summary>
    public void MoveTo(int index) => Cursor = Math.Clamp(index, 0, Text.Length);

    /// <summary>Index one character left of the cursor; a surrogate pair counts as one character.</summary>
    public int Left => Cursor == 0 ? 0 : Cursor - (Cursor > 1 && char.IsSurrogatePair(Text, Cursor - 2) ? 2 : 1);

    /// <summary>Index one character right of the cursor; a surrogate pair counts as one character.</summary>
    public int Right => Cursor == Text.Length ? Cursor : Cursor + (Cursor + 1 < Text.Length && char.IsSurrogatePair(Text, Cursor) ? 2 : 1);

    /// <summary>Start of the word before the cursor.</summary>
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

    /// <summary>End of the word after the cursor.</summary>
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

    /// <summary>Deletes the text between two indexes, one of which is the cursor, and moves the cursor to the first.</summary>
    public void Delete(int from, int to) => (Text, Cursor) = (Text.Remove(from, to - from), from);
}
