using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace McpScript.Invocation.Arguments;

/// <summary>The values that <c>enum</c> or <c>const</c> allows.</summary>
sealed class AllowedJson(ImmutableArray<JsonElement> values, bool isConst)
{
    const int MostShown = 30;

    // Strings without escapes are compared in their raw form.
    readonly HashSet<string>? _texts =
        values.All(value => value.ValueKind == JsonValueKind.String) ? [.. values.Select(value => value.GetString()!)] : null;

    /// <summary>The values.</summary>
    public ImmutableArray<JsonElement> Values => values;

    /// <summary>Returns true if a value is one of them.</summary>
    public bool Has(in JsonElement value)
    {
        if (_texts is not null)
        {
            return value.ValueKind == JsonValueKind.String
                && (values.Length <= 4 ? IsOneOfFew(value) : JsonTextValue.Of(value) is { } text && _texts.Contains(text));
        }
        foreach (var allowed in values)
            if (JsonEquality.Instance.Equals(allowed, value))
                return true;
        return false;
    }

    /// <summary>Returns the values as a part of a sentence.</summary>
    public string Words()
    {
        var shown = string.Join(", ", values.Take(MostShown).Select(value => ArgumentText.Short(value.GetRawText())));
        if (isConst)
            return shown;
        return values.Length <= MostShown ? $"one of {shown}" : $"one of {shown} and {values.Length - MostShown} more";
    }

    bool IsOneOfFew(in JsonElement value)
    {
        foreach (var allowed in values)
            if (JsonMarshal.GetRawUtf8Value(allowed).SequenceEqual(JsonMarshal.GetRawUtf8Value(value)))
                return true;
        return JsonTextValue.Of(value) is { } text && _texts!.Contains(text);
    }
}
