using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace McpScript.CallLog;

/// <summary>The redacted values of one call, to mask them where they are repeated: in an echo, an error text, a URL.</summary>
sealed class SecretTexts
{
    // Shorter ones would mask large parts of every text.
    const int Shortest = 4;

    // A text may contain only the beginning of a long secret.
    const int ProbeLength = 16;

    HashSet<string>? _texts;

    /// <summary>Adds a value, and all values within it.</summary>
    public void Add(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                AddForms(JsonText.Of(value));
                Add(JsonText.Raw(value)[1..^1]);
                break;
            case JsonValueKind.Number:
                Add(value.GetRawText());
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                    Add(item);
                break;
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                    Add(member.Value);
                break;
        }
    }

    /// <summary>Returns the text with these values masked.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isTruncated">True if the text was cut off, so that it may end with the beginning of a secret.</param>
    public string Mask(string text, bool isTruncated = false)
    {
        var found = Find(text, isTruncated);
        if (found.Count == 0)
            return text;
        found.Sort();
        var (masked, shown) = (new StringBuilder(), 0);
        foreach (var (start, end) in found)
        {
            // Secrets that overlap get one mark.
            if (start >= shown)
                masked.Append(text, shown, start - shown).Append(Redaction.Mark);
            shown = Math.Max(shown, end);
        }
        return masked.Append(text, shown, text.Length - shown).ToString();
    }

    /// <summary>Returns true if a text contains one of these values.</summary>
    public bool IsIn(string text) => Find(text, isTruncated: false).Count > 0;

    // In plain form, and as escaped in JSON within a text, and in a URL.
    void AddForms(string text)
    {
        Add(text);
        Add(JsonEncodedText.Encode(text).Value);
        Add(JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value);
        Add(Uri.EscapeDataString(text));
    }

    void Add(string text)
    {
        if (text.Length >= Shortest && text != Redaction.Mark)
            (_texts ??= new(StringComparer.Ordinal)).Add(text);
    }

    List<(int Start, int End)> Find(string text, bool isTruncated)
    {
        var found = new List<(int, int)>();
        foreach (var secret in _texts ?? [])
        {
            Find(text, secret, found);
            if (isTruncated && LengthAtEnd(text, secret) is var length && length > 0)
                found.Add((text.Length - length, text.Length));
        }
        return found;
    }

    static void Find(string text, string secret, List<(int, int)> found)
    {
        var probe = secret.AsSpan(0, Math.Min(secret.Length, ProbeLength));
        for (var from = 0; text.AsSpan(from).IndexOf(probe, StringComparison.Ordinal) is var at and >= 0; from++)
        {
            from += at;
            found.Add((from, from + text.AsSpan(from).CommonPrefixLength(secret)));
        }
    }

    // Returns the length of a secret's beginning at the end of a text; 0 if it is too short, or long enough to be found anyway.
    static int LengthAtEnd(string text, string secret)
    {
        for (var length = Math.Min(Math.Min(secret.Length, ProbeLength) - 1, text.Length); length >= Shortest; length--)
            if (text.AsSpan().EndsWith(secret.AsSpan(0, length), StringComparison.Ordinal))
                return length;
        return 0;
    }
}
