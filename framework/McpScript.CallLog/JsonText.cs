using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace McpScript.CallLog;

/// <summary>Reads JSON texts and names that may hold half a surrogate pair, which System.Text.Json refuses to decode.</summary>
static class JsonText
{
    /// <summary>A string's text; as it is written, if it cannot be decoded.</summary>
    public static string Of(JsonElement value)
    {
        try
        {
            return value.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            // "\ud800" is JSON by its grammar, and no text.
            return Raw(value)[1..^1];
        }
    }

    /// <summary>A member's name; as it is written, if it cannot be decoded.</summary>
    public static string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            // As above.
            return Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8PropertyName(member));
        }
    }

    /// <summary>A value as it is written.</summary>
    public static string Raw(JsonElement value) => Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(value));
}
