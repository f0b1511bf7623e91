using System.Text.Json;

namespace McpScript.Loading.Answers;

/// <summary>
/// An output schema prepared for checking each result. It holds only the rules that a value of the declared type can still break: null, enum values,
/// missing members, and the JSON type where several are possible.
/// </summary>
sealed class AnswerShape
{
    readonly Dictionary<string, AnswerShape> _properties = new(StringComparer.Ordinal);
    readonly List<string> _required = [];
    readonly List<AnswerShape> _any = [];
    bool _null = true;
    AnswerShape? _items;
    AnswerShape? _others;
    JsonElement[]? _values;
    string[]? _types;

    /// <summary>True if the schema restricts values somewhere, so that every result is checked; otherwise only results that contain null are.</summary>
    public bool HasValues { get; private set; }

    /// <summary>Prepares a schema.</summary>
    public static AnswerShape Of(JsonElement schema)
    {
        var known = new Dictionary<string, AnswerShape>(StringComparer.Ordinal);
        var shape = Read(schema, schema, "#", known);
        shape.HasValues = known.Values.Any(part => part._values is not null);
        return shape;
    }

    /// <summary>The first violation in a value, as a clause without a period; null if the value matches the schema.</summary>
    public string? Problem(JsonElement value) => Problem(value, "");

    string? Problem(JsonElement value, string path)
    {
        if (value.ValueKind == JsonValueKind.Null)
            return _null ? null : $"{Place(path)} is null, which the output schema does not allow there";
        if (_values is not null && !_values.Any(allowed => JsonElement.DeepEquals(allowed, value)))
            return $"{Place(path)} is {value.GetRawText()}, which is none of {string.Join(", ", _values.Select(allowed => allowed.GetRawText()))}";
        if (_types is not null && !_types.Contains(TypeOf(value)))
            return $"{Place(path)} is of type {TypeOf(value)}, where the output schema has {string.Join(" or ", _types)}";
        if (_any.Count > 0 && _any.Select(one => one.Problem(value, path)).ToList() is var problems && problems.All(problem => problem is not null))
            return problems[0];
        return value.ValueKind switch
        {
            JsonValueKind.Object => ProblemOfMembers(value, path),
            JsonValueKind.Array when _items is not null =>
                value.EnumerateArray().Select((item, index) => _items.Problem(item, $"{path}[{index}]")).FirstOrDefault(problem => problem is not null),
            _ => null,
        };
    }

    string? ProblemOfMembers(JsonElement value, string path)
    {
        foreach (var name in _required)
            if (!value.TryGetProperty(name, out _))
                return $"{Place(Member(path, name))} is missing, which the output schema requires";
        foreach (var member in value.EnumerateObject())
            if ((_properties.GetValueOrDefault(member.Name) ?? _others)?.Problem(member.Value, Member(path, member.Name)) is { } problem)
                return problem;
        return null;
    }

    static string Place(string path) => path.Length == 0 ? "the result" : $"'{path}' of the result";

    static string Member(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    static AnswerShape Read(JsonElement schema, JsonElement root, string pointer, Dictionary<string, AnswerShape> known)
    {
        if (known.TryGetValue(pointer, out var read))
            return read;
        var shape = known[pointer] = new();
        if (schema.ValueKind != JsonValueKind.Object)
            return shape;
        if (schema.TryGetProperty("$ref", out var reference) && reference.GetString() is { } to && Find(root, to) is { } target)
            return known[pointer] = Read(target, root, to, known);
        shape.ReadValues(schema);
        if (schema.TryGetProperty("required", out var required) && required.ValueKind == JsonValueKind.Array)
            shape._required.AddRange(required.EnumerateArray().Select(name => name.GetString()).OfType<string>());
        if (schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object)
            foreach (var property in properties.EnumerateObject())
                shape._properties[property.Name] = Read(property.Value, root, $"{pointer}/properties/{Escape(property.Name)}", known);
        if (schema.TryGetProperty("items", out var items))
            shape._items = Read(items, root, $"{pointer}/items", known);
        if (schema.TryGetProperty("additionalProperties", out var others))
            shape._others = Read(others, root, $"{pointer}/additionalProperties", known);
        foreach (var key in new[] { "anyOf", "oneOf" })
            if (schema.TryGetProperty(key, out var any) && any.ValueKind == JsonValueKind.Array)
                shape._any.AddRange(any.EnumerateArray().Select((one, index) => Read(one, root, $"{pointer}/{key}/{index}", known)));
        shape._null &= shape._any.Count == 0 || shape._any.Any(one => one._null);
        return shape;
    }

    void ReadValues(JsonElement schema)
    {
        if (schema.TryGetProperty("type", out var type))
        {
            var names = (type.ValueKind == JsonValueKind.Array ? type.EnumerateArray() : Enumerable.Repeat(type, 1)).Select(one => one.ToString());
            _types = [.. names.Select(name => name == "integer" ? "number" : name)];
            _null = _types.Contains("null");
        }
        if (schema.TryGetProperty("enum", out var values) && values.ValueKind == JsonValueKind.Array)
            _values = [.. values.EnumerateArray()];
        if (schema.TryGetProperty("const", out var only))
            _values = [only];
        _null &= _values is null || _values.Any(value => value.ValueKind == JsonValueKind.Null);
    }

    static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => "boolean",
        var kind => kind.ToString().ToLowerInvariant(),
    };

    static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    static JsonElement? Find(JsonElement root, string pointer)
    {
        if (!pointer.StartsWith('#'))
            return null;
        var at = root;
        var steps = pointer.Split('/').Skip(1)
            .Select(step => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal));
        foreach (var step in steps)
        {
            if (at.ValueKind == JsonValueKind.Object && at.TryGetProperty(step, out var member))
                at = member;
            else if (at.ValueKind == JsonValueKind.Array && int.TryParse(step, out var index) && index < at.GetArrayLength())
                at = at[index];
            else
                return null;
        }
        return at;
    }
}
