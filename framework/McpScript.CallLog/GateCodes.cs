using System.Text.Json;

namespace McpScript.CallLog;

/// <summary>Keeps one-time codes out of the log whatever the names to redact are: of a call that unlocks, only the group is written.</summary>
static class GateCodes
{
    // The beginning of the tool's name without what people get wrong, so that 'gate_unlok' and 'Gate-Unlock' are kept out too.
    const string Unlock = "gateunl";
    const int LongestName = 40;

    /// <summary>True if the tool of that name may be given a code.</summary>
    public static bool MayBeOf(string tool) => tool.Contains("gate", StringComparison.OrdinalIgnoreCase)
        && string.Concat(tool.Where(char.IsAsciiLetter)).Contains(Unlock, StringComparison.OrdinalIgnoreCase);

    /// <summary>True if the call may carry a code: to the gate itself, or to it through proxy__run.</summary>
    public static bool MayBeIn(ToolCall call) => MayBeOf(call.Tool) || call.Params.Any(pair => IsUnlock(pair.Value));

    // By what it is not, so that a misspelt 'cdoe' is kept out too, and a code where the group should be.
    /// <summary>True if a value of such a call may be the code.</summary>
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
            // JSON lets half a surrogate pair stand ("\ud800"), which is no text: no tool and no group is called that.
            return null;
        }
    }

    static int JsonTextLength(JsonElement value) => System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(value).Length;
}
