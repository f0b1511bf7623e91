using System.Text.Json;

namespace McpScript.Calls;

/// <summary>Keeps one-time codes out of the log whatever the names to redact are: of a call that unlocks, only the group is written.</summary>
static class GateCodes
{
    const string Unlock = "gate_unlock";

    /// <summary>True if the call may carry a code: to the gate itself, or to it through proxy__run.</summary>
    public static bool MayBeIn(ToolCall call) =>
        call.Tool.Contains(Unlock, StringComparison.OrdinalIgnoreCase) || call.Params.Any(pair => IsUnlock(pair.Value));

    // By what it is not, so that a misspelt 'cdoe' is kept out too.
    /// <summary>True if a value of such a call may be the code.</summary>
    public static bool MayBe(string name, JsonElement value) =>
        value.ValueKind is JsonValueKind.String or JsonValueKind.Number && !string.Equals(name, "group", StringComparison.OrdinalIgnoreCase) && !IsUnlock(value);

    static bool IsUnlock(JsonElement value) =>
        value.ValueKind is JsonValueKind.String && value.ValueEquals(Unlock);
}
