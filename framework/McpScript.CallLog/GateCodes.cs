using System.Text.Json;

namespace McpScript.CallLog;

/// <summary>Keeps one-time codes out of the log, whatever names are redacted: of an unlock call only the group is logged.</summary>
static class GateCodes
{
    // A part of the tool's name, compared by letters only, so that typos such as 'gate_unlok' and 'Gate-Unlock' are covered.
    const string Unlock = "gateunl";
    const int LongestName = 40;

    /// <summary>Returns true if a tool with this name may get a code.</summary>
    public static bool MayBeOf(string tool) => tool.Contains("gate", StringComparison.OrdinalIgnoreCase)
        && string.Concat(tool.Where(char.IsAsciiLetter)).Contains(Unlock, StringComparison.OrdinalIgnoreCase);

    /// <summary>Returns true if the call may contain a code: a call of the gate, also through proxy__run.</summary>
    public static bool MayBeIn(ToolCall call) => MayBeOf(call.Tool) || call.Params.Any(pair => IsUnlock(pair.Value));

    // Everything but a group name counts as a code, so that a misspelt 'cdoe', and a code in place of the group, are covered.
    /// <summary>Returns true if a value of such a call may be the code.</summary>
    public static bool MayBe(string name, JsonElement value) =>
        value.ValueKind is JsonValueKind.String or JsonValueKind.Number && !IsUnlock(value)
        && !(string.Equals(name, "group", StringComparison.OrdinalIgnoreCase) && TextOf(value)?.Any(char.IsLetter) is true);

    static bool IsUnlock(JsonElement value) =>
        value.ValueKind is JsonValueKind.String && JsonTextLength(value) <= LongestName && TextOf(value) is { } text && MayBeOf(text);

    static string? TextOf(JsonElement value)
    {
        try
        {
            return value.ValueKind is JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // JSON may contain half of a surrogate pair ("\ud800"), which is not valid text, and so no name of a tool or group.
            return null;
        }
    }

    static int JsonTextLength(JsonElement value) => System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(value).Length;
}
