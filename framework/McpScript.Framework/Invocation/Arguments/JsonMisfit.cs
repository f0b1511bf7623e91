using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ModelContextProtocol.Server;

namespace McpScript.Invocation.Arguments;

/// <summary>Converts exceptions of System.Text.Json to problem texts: the place, the expected value, the actual value.</summary>
/// <param name="type">The type to read.</param>
/// <param name="json">The serializer options.</param>
sealed partial class JsonMisfit(Type type, JsonSerializerOptions json)
{
    readonly JsonMemberTypes _types = new(json);

    /// <summary>Returns one or more problems, as sentences.</summary>
    /// <param name="name">The name of the value; empty for none.</param>
    /// <param name="value">The value.</param>
    /// <param name="error">The exception.</param>
    /// <param name="showValues">False if the value may hold a secret.</param>
    public string Text(string name, JsonElement value, JsonException error, bool showValues)
    {
        var (at, part, partType) = Follow(name, value, error.Path ?? "$");
        if (MissingMembers().Match(error.Message) is { Success: true } missing)
            return string.Join(" ", Quoted().Matches(missing.Groups[1].Value).Select(member => Missing(at, member.Groups[1].Value, partType)));
        var words = partType is null ? null : Words(partType);
        return $"{(at.Length == 0 ? "This" : $"'{at}'")} should be {words ?? "a value that fits there"}, but {ArgumentText.Came(part, showValues)} came.";
    }

    /// <summary>Returns the values that a type is read from, such as "an integer from 0 to 255"; null if unknown.</summary>
    public string? Words(Type of)
    {
        var nullable = Nullable.GetUnderlyingType(of);
        of = nullable ?? of;
        var words = of.IsEnum
            ? $"one of {string.Join(", ", Enum.GetNames(of).Take(30).Select(EnumName))}"
            : TypeForms.Of(of)?.Words ?? PlainWords(of);
        return words is null || nullable is null ? words : $"{words} or null";

        string EnumName(string member)
        {
            try
            {
                return JsonSerializer.Serialize(Enum.Parse(of, member), json.GetTypeInfo(of));
            }
            catch (Exception e) when (e is NotSupportedException or JsonException or InvalidOperationException)
            {
                return $"\"{member}\"";
            }
        }
    }

    string? PlainWords(Type of)
    {
        if (of == typeof(string))
            return "a string";
        if (of == typeof(bool))
            return "a boolean";
        // The types of the protocol have converters, but are read from objects.
        if (of.IsAssignableTo(typeof(JsonObject)) || of.IsClass && of.Assembly == typeof(McpServer).Assembly && !of.IsAssignableTo(typeof(IEnumerable)))
            return "an object";
        return _types.ItemOf(of) is not null ? _types.IsDictionary(of) ? "an object" : "an array" : _types.IsObject(of) ? "an object" : null;
    }

    string Missing(string at, string member, Type? owner)
    {
        var words = owner is not null && _types.MemberOf(owner, member) is { } memberType ? Words(memberType) : null;
        return $"'{ArgumentText.Member(at, member)}' is missing{(words is null ? "" : $"; it should be {words}")}.";
    }

    // Follows the path as far as possible: a dictionary's key may look like a path step.
    (string At, JsonElement Part, Type? Type) Follow(string at, JsonElement part, string path)
    {
        Type? partType = type;
        foreach (Match step in Steps().Matches(path.Length > 0 ? path[1..] : ""))
        {
            if (step.Groups["index"] is { Success: true } index)
            {
                if (part.ValueKind != JsonValueKind.Array || !int.TryParse(index.Value, out var at0) || at0 >= part.GetArrayLength())
                    break;
                (at, part, partType) = ($"{at}[{at0}]", part[at0], partType is null ? null : _types.ItemOf(partType));
                continue;
            }
            var name = step.Groups["name"].Success ? step.Groups["name"].Value : step.Groups["quoted"].Value;
            if (part.ValueKind != JsonValueKind.Object || !JsonTextValue.TryGetMember(part, name, out var member))
                break;
            (at, part, partType) = (ArgumentText.Member(at, name), member, partType is null ? null : _types.MemberOf(partType, name));
        }
        return (at, part, partType);
    }

    [GeneratedRegex(@"\G(?:\.(?<name>[^.\[]+)|\[(?<index>\d+)\]|\['(?<quoted>.*?)'\])")]
    private static partial Regex Steps();

    [GeneratedRegex("missing required properties including: (.*?)\\.?$", RegexOptions.Singleline)]
    private static partial Regex MissingMembers();

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Quoted();
}
