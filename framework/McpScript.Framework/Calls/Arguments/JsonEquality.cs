using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace McpScript.Calls;

/// <summary>Equality of JSON values as JSON Schema has it: 1 and 1.0 are one number, members have no order.</summary>
sealed class JsonEquality : IEqualityComparer<JsonElement>
{
    /// <summary>The only one.</summary>
    public static JsonEquality Instance { get; } = new();

    /// <inheritdoc/>
    public bool Equals(JsonElement x, JsonElement y) => JsonElement.DeepEquals(x, y);

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
                    hash += HashCode.Combine(member.Name, GetHashCode(member.Value));
                return hash;
            default:
                return hash;
        }
    }
}
