using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace McpScript.CallLog;

/// <summary>Reads JSON strings and names that may contain half of a surrogate pair, which System.Text.Json cannot decode.</summary>
static class JsonText
{
    /// <summary>Returns the text of a string; its raw form if it cannot be decoded.</summary>
    public static string Of(JsonElement value)
    {
        try
        {
            return value.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            // "\ud800" is valid JSON, but not valid text.
            return Raw(value)[1..^1];
        }
    }

    /// <summary>Returns the name of a member; its raw form if it cannot be decoded.</summary>
    public static string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8PropertyName(member));
        }
    }

    /// <summary>Returns the raw form of a value.</summary>
    public static string Raw(JsonElement value) => Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(value));
}
