using System.Text;
using System.Text.Json;

namespace McpScript.CallLog;

/// <summary>The values that were redacted in one call, to find them again where they are repeated: in an echo, an error text, a URL.</summary>
sealed class SecretTexts
{
    // Shorter ones would blot out half of every text.
    const int Shortest = 4;

    // A text may quote only the beginning of a long secret.
    const int ProbeLength = 16;

    List<string>? _texts;

    /// <summary>Remembers a value, and all those within it.</summary>
    public void Add(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                var text = JsonText.Of(value);
                Add(text);
                // As it stands in JSON within a text.
                var escaped = JsonText.Raw(value)[1..^1];
                if (escaped != text)
                    Add(escaped);
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

    /// <summary>The text without those values.</summary>
    public string Mask(string text)
    {
        foreach (var secret in _texts ?? [])
            text = Mask(text, secret);
        return text;
    }

    void Add(string text)
    {
        if (text.Length >= Shortest && text != Redaction.Mark)
            (_texts ??= []).Add(text);
    }

    static string Mask(string text, string secret)
    {
        var probe = secret.AsSpan(0, Math.Min(secret.Length, ProbeLength));
        StringBuilder? masked = null;
        var from = 0;
        while (text.AsSpan(from).IndexOf(probe, StringComparison.Ordinal) is var at and >= 0)
        {
            at += from;
            (masked ??= new()).Append(text, from, at - from).Append(Redaction.Mark);
            from = at + text.AsSpan(at).CommonPrefixLength(secret);
        }
        return masked is null ? text : masked.Append(text, from, text.Length - from).ToString();
    }
}
