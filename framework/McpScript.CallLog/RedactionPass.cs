using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace McpScript.CallLog;

/// <summary>Redacts one call: secrets found in its parameters are masked in its result too.</summary>
sealed class RedactionPass
{
    /// <summary>The largest number of characters of a text value.</summary>
    public const int LongestValue = 500;

    /// <summary>The largest number of characters of a name.</summary>
    public const int LongestName = 128;

    // The total of all parameters, because many short ones are long too.
    const int MostParams = 50_000;

    // More than any logger writes.
    const int MostResult = 60_000;

    readonly Redaction _redaction;
    readonly ToolCall _call;
    readonly SecretTexts _secrets = new();
    readonly bool _unlocks;
    readonly bool _plain;
    int _left = MostParams;

    public RedactionPass(Redaction redaction, ToolCall call)
    {
        (_redaction, _call) = (redaction, call);
        _unlocks = GateCodes.MayBeIn(call);
        _plain = IsPlain();
        foreach (var (name, value) in _plain ? [] : call.Params)
            Collect(name, value);
    }

    /// <summary>Returns the tool's name, redacted: clients can send any text as a name.</summary>
    public string ToolName() => Truncation.Of(_secrets.Mask(_call.Tool), LongestName);

    /// <summary>Returns the redacted parameters.</summary>
    public ImmutableArray<KeyValuePair<string, JsonElement>> Params()
    {
        if (_plain)
            return _call.Params;
        var result = ImmutableArray.CreateBuilder<KeyValuePair<string, JsonElement>>(_call.Params.Length);
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        foreach (var (name, value) in _call.Params)
        {
            if (Spend(name.Length + 1) is false)
            {
                result.Add(new(Truncation.Mark, JsonSerializer.SerializeToElement($"{_call.Params.Length - result.Count} more")));
                break;
            }
            Member(json, name, value);
            json.Flush();
            result.Add(new(Truncation.Of(_secrets.Mask(name), LongestName), JsonElement.Parse(buffer.WrittenSpan)));
            buffer.ResetWrittenCount();
            json.Reset();
        }
        return result.DrainToImmutable();
    }

    /// <summary>Returns the redacted result.</summary>
    /// <param name="length">The length of the complete redacted result, including the part that was already missing.</param>
    public string Result(out int length)
    {
        if (_redaction.ShapesOnly)
        {
            var shape = $"string({_call.ResultLength})";
            length = shape.Length;
            return shape;
        }
        var kept = Truncation.Beginning(_call.Result, MostResult);
        var text = Clean(kept, isTruncated: kept.Length < _call.ResultLength);
        length = _call.ResultLength - kept.Length + text.Length;
        return text;
    }

    bool IsPlain()
    {
        if (_unlocks || _redaction.ShapesOnly)
            return false;
        var length = 0;
        foreach (var (name, value) in _call.Params)
        {
            if (name.Length > LongestName || !_redaction.IsPlain(name, value))
                return false;
            length += name.Length + JsonMarshal.GetRawUtf8Value(value).Length;
        }
        return length <= MostParams;
    }

    void Collect(string name, JsonElement value)
    {
        if (IsSecret(name, value))
            _secrets.Add(value);
        else if (value.ValueKind is JsonValueKind.Object)
            foreach (var member in value.EnumerateObject())
                Collect(JsonText.NameOf(member), member.Value);
        else if (value.ValueKind is JsonValueKind.Array)
            foreach (var item in value.EnumerateArray())
                Collect(name, item);
    }

    bool IsSecret(string name, JsonElement value) => _redaction.Hides(name) || _unlocks && GateCodes.MayBe(name, value);

    void Member(Utf8JsonWriter json, string name, JsonElement value)
    {
        if (IsSecret(name, value))
            json.WriteStringValue(Redaction.Mark);
        else
            Value(json, name, value);
    }

    void Value(Utf8JsonWriter json, string name, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                Object(json, value);
                break;
            case JsonValueKind.Array when _redaction.ShapesOnly:
                json.WriteStringValue($"array({value.GetArrayLength()})");
                break;
            case JsonValueKind.Array:
                Array(json, name, value);
                break;
            default:
                Single(json, value);
                break;
        }
    }

    void Object(Utf8JsonWriter json, JsonElement value)
    {
        json.WriteStartObject();
        foreach (var member in value.EnumerateObject())
        {
            var name = JsonText.NameOf(member);
            if (!Spend(name.Length + 1))
            {
                json.WriteString(Truncation.Mark, Truncation.Mark);
                break;
            }
            json.WritePropertyName(Truncation.Of(_secrets.Mask(name), LongestName));
            Member(json, name, member.Value);
        }
        json.WriteEndObject();
    }

    void Array(Utf8JsonWriter json, string name, JsonElement value)
    {
        json.WriteStartArray();
        foreach (var item in value.EnumerateArray())
        {
            if (!Spend(1))
            {
                json.WriteStringValue(Truncation.Mark);
                break;
            }
            // The items of an array have the name of the array.
            Member(json, name, item);
        }
        json.WriteEndArray();
    }

    void Single(Utf8JsonWriter json, JsonElement value)
    {
        if (_redaction.ShapesOnly)
            json.WriteStringValue(Shape(value));
        else if (value.ValueKind is JsonValueKind.String)
        {
            var text = Text(JsonText.Of(value));
            Spend(text.Length);
            json.WriteStringValue(text);
        }
        else if (value.ValueKind is JsonValueKind.Undefined)
            json.WriteNullValue();
        else if (value.ValueKind is JsonValueKind.Number && _secrets.IsIn(JsonText.Raw(value)))
            json.WriteStringValue(Redaction.Mark);
        else if (JsonMarshal.GetRawUtf8Value(value) is { Length: > LongestValue })
            json.WriteStringValue(Truncation.Of(JsonText.Raw(value), LongestValue));
        else
        {
            Spend(JsonMarshal.GetRawUtf8Value(value).Length);
            value.WriteTo(json);
        }
    }

    static string Shape(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => $"string({JsonText.Of(value).Length})",
        JsonValueKind.Number => "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => "null",
    };

    // Checks more of the text than is kept, so that a secret at the cut is still recognized.
    string Text(string whole)
    {
        var kept = Truncation.Beginning(whole, 4 * LongestValue);
        var text = Clean(kept, isTruncated: kept.Length < whole.Length);
        return Truncation.Of(text, LongestValue, whole: text.Length + whole.Length - kept.Length);
    }

    string Clean(string text, bool isTruncated)
    {
        text = _secrets.Mask(text, isTruncated);
        return text.AsSpan().ContainsAny('"', '\'', '\\') ? QuotedSecrets.Mask(text, _redaction.Hides) : text;
    }

    bool Spend(int characters) => (_left -= characters) > 0;
}
