using System.Runtime.InteropServices;
using System.Text.Json;

namespace McpScript.CallLog;

/// <summary>Quick check for values that can be logged unchanged.</summary>
static class PlainValue
{
    /// <summary>Returns true if a value contains nothing that is long, secret or escaped.</summary>
    public static bool Is(JsonElement value, Redaction redaction)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                var text = JsonMarshal.GetRawUtf8Value(value);
                // An escape may hide a quote or half of a surrogate pair, and an apostrophe may quote a name: such texts need the full pass.
                return text.Length <= RedactionPass.LongestValue && !text.ContainsAny((byte)'\\', (byte)'\'');
            case JsonValueKind.Number:
                return JsonMarshal.GetRawUtf8Value(value).Length <= RedactionPass.LongestValue;
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                    if (!IsPlainName(member) || !redaction.IsPlain(member.Name, member.Value))
                        return false;
                return true;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                    if (!Is(item, redaction))
                        return false;
                return true;
            default:
                return value.ValueKind is not JsonValueKind.Undefined;
        }
    }

    static bool IsPlainName(JsonProperty member) =>
        JsonMarshal.GetRawUtf8PropertyName(member) is { Length: <= RedactionPass.LongestName } name && !name.Contains((byte)'\\');
}
