using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace McpScript.Invocation.Arguments;

/// <summary>Equality of JSON values as JSON Schema defines it: 1 and 1.0 are equal, and the order of members does not matter.</summary>
/// <remarks>A string with half of a surrogate pair is not valid text; it equals only a string with the same raw form.</remarks>
sealed class JsonEquality : IEqualityComparer<JsonElement>
{
    /// <summary>The shared instance.</summary>
    public static JsonEquality Instance { get; } = new();

    /// <inheritdoc/>
    public bool Equals(JsonElement x, JsonElement y)
    {
        try
        {
            return JsonElement.DeepEquals(x, y);
        }
        catch (InvalidOperationException)
        {
            // "\ud800" is valid JSON, but not valid text; System.Text.Json cannot decode it.
            return JsonMarshal.GetRawUtf8Value(x).SequenceEqual(JsonMarshal.GetRawUtf8Value(y));
        }
    }

    /// <inheritdoc/>
    public int GetHashCode([DisallowNull] JsonElement obj)
    {
        var hash = (int)obj.ValueKind;
        switch (obj.ValueKind)
        {
            case JsonValueKind.String:
                return JsonTextValue.Of(obj)?.GetHashCode(StringComparison.Ordinal) ?? hash;
            case JsonValueKind.Number:
                return obj.TryGetDouble(out var number) ? number.GetHashCode() : hash;
            case JsonValueKind.Array:
                foreach (var item in obj.EnumerateArray())
                    hash = HashCode.Combine(hash, GetHashCode(item));
                return hash;
            case JsonValueKind.Object:
                foreach (var member in obj.EnumerateObject())
                    hash += HashCode.Combine(JsonTextValue.Name(member), GetHashCode(member.Value));
                return hash;
            default:
                return hash;
        }
    }
}
