using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace McpScript.Invocation.Arguments;

/// <summary>Reads the text of JSON strings.</summary>
static class JsonTextValue
{
    /// <summary>Returns the text; null if it holds half of a surrogate pair ("\ud800"), which JSON allows, but .NET cannot read.</summary>
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

    /// <summary>Returns the name of a member; null if it holds half of a surrogate pair.</summary>
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

    /// <summary>Finds the last member of an object with a name. A member name with half of a surrogate pair matches no name.</summary>
    public static bool TryGetMember(JsonElement value, string name, out JsonElement member)
    {
        try
        {
            return value.TryGetProperty(name, out member);
        }
        catch (InvalidOperationException)
        {
            // System.Text.Json throws at such a member name even if another name was requested.
            var found = value.EnumerateObject().Where(one => Name(one) == name).Select(one => (JsonElement?)one.Value).LastOrDefault();
            member = found ?? default;
            return found is not null;
        }
    }

    /// <summary>Returns the length in Unicode code points, as JSON Schema counts.</summary>
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
