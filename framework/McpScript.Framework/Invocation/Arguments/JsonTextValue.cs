using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace McpScript.Invocation.Arguments;

/// <summary>The text of a JSON string.</summary>
static class JsonTextValue
{
    /// <summary>The text; null if it holds half of a surrogate pair ("\ud800"), which JSON allows and no .NET reader takes.</summary>
    public static string? Of(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The name of a member; null if it holds half of a surrogate pair.</summary>
    public static string? Name(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Looks up a member of an object, the last of its name. A name that holds half of a surrogate pair is that of no member.</summary>
    public static bool TryGetMember(JsonElement value, string name, out JsonElement member)
    {
        try
        {
            return value.TryGetProperty(name, out member);
        }
        catch (InvalidOperationException)
        {
            // System.Text.Json gives up at such a name, though it looks for another.
            var found = value.EnumerateObject().Where(one => Name(one) == name).Select(one => (JsonElement?)one.Value).LastOrDefault();
            member = found ?? default;
            return found is not null;
        }
    }

    /// <summary>Length in characters (Unicode code points), as JSON Schema counts.</summary>
    public static int Length(JsonElement value)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value);
        if (Ascii.IsValid(raw) && raw.IndexOf((byte)'\\') < 0)
            return raw.Length - 2;
        var count = 0;
        foreach (var _ in (Of(value) ?? "").EnumerateRunes())
            count++;
        return count;
    }
}
