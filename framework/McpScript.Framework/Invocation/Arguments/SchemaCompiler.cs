using System.Collections.Immutable;
using System.Text.Json;

namespace McpScript.Invocation.Arguments;

/// <summary>Compiles a JSON Schema (2020-12) together with the .NET type that its values are read as.</summary>
/// <remarks>
/// References to other documents, <c>$dynamicRef</c> and the <c>unevaluated…</c> keywords are not checked: such parts accept every value, and the tool
/// decides. A reference of a schema to itself for the same value accepts every value too.
/// </remarks>
/// <param name="document">The complete schema.</param>
/// <param name="types">Finds the .NET types of members; null if no .NET type is bound.</param>
sealed class SchemaCompiler(JsonElement document, JsonMemberTypes? types)
{
    const int MostNodes = 20_000;

    readonly Dictionary<(string Pointer, Type? Type), SchemaNode> _nodes = [];
    readonly SchemaReferences _references = new(document);

    /// <summary>Compiles the document.</summary>
    /// <param name="memberTypes">The .NET types of its properties.</param>
    public SchemaNode Compile(IReadOnlyDictionary<string, Type> memberTypes)
    {
        var root = Compile(document, "", null, memberTypes);
        SchemaCycles.Break(_nodes.Values);
        return root;
    }

    SchemaNode Compile(JsonElement schema, string pointer, Type? type, IReadOnlyDictionary<string, Type>? memberTypes = null)
    {
        if (schema.ValueKind == JsonValueKind.False)
            return SchemaNode.Nothing;
        if (schema.ValueKind != JsonValueKind.Object || _nodes.Count > MostNodes)
            return SchemaNode.Anything;
        if (_nodes.TryGetValue((pointer, type), out var known))
            return known;
        var node = _nodes[(pointer, type)] = new SchemaNode();
        var keywords = new SchemaKeywords(schema);
        (node.Kinds, node.Order) = keywords.Kinds();
        (node.Allowed, node.AlsoAllowed) = keywords.Allowed();
        node.Form = type is null ? null : types?.FormOf(type);
        node.Form ??= types is null ? NamedFormats.Of(keywords.Text("format")) : null;
        node.Texts = keywords.Texts(type is not null && node.Form is { Kind: JsonValueKind.String });
        node.Numbers = keywords.Numbers();
        node.Arrays = Arrays(schema, keywords, pointer, type);
        node.Objects = Objects(schema, keywords, pointer, type, memberTypes);
        node.Others = Others(schema, pointer, type);
        return node;
    }

    ArrayRules? Arrays(JsonElement schema, SchemaKeywords keywords, string pointer, Type? type)
    {
        if (keywords.Arrays() is not { } rules)
            return null;
        var itemType = type is null ? null : types?.ItemOf(type);
        // Before 2020-12, an array under 'items' had the meaning of 'prefixItems', and 'additionalItems' that of 'items'.
        var isOld = schema.TryGetProperty("items", out var items) && items.ValueKind == JsonValueKind.Array;
        var (first, others) = isOld ? ("items", "additionalItems") : ("prefixItems", "items");
        if (schema.TryGetProperty(first, out var list) && list.ValueKind == JsonValueKind.Array)
            rules.First = [.. list.EnumerateArray().Select((one, index) => Compile(one, $"{pointer}/{first}/{index}", itemType))];
        rules.Items = Child(schema, others, pointer, itemType);
        rules.Contains = Child(schema, "contains", pointer, null);
        return rules;
    }

    ObjectRules? Objects(JsonElement schema, SchemaKeywords keywords, string pointer, Type? type, IReadOnlyDictionary<string, Type>? memberTypes)
    {
        if (keywords.Objects() is not { } rules)
            return null;
        var properties = Children(schema, "properties", pointer, TypeOf);
        rules.Properties = properties.ToDictionary(one => one.Name, one => one.Schema, StringComparer.Ordinal);
        rules.Names = [.. properties.Select(one => one.Name)];
        rules.Patterns = [.. Children(schema, "patternProperties", pointer, _ => null).Select(one => (new SchemaPattern(one.Name), one.Schema))];
        rules.Others = Child(schema, "additionalProperties", pointer, type is null ? null : types?.ItemOf(type));
        rules.NameRule = Child(schema, "propertyNames", pointer, null);
        return rules;

        Type? TypeOf(string name) => memberTypes is not null ? memberTypes.GetValueOrDefault(name) : type is null ? null : types?.MemberOf(type, name);
    }

    SchemaCombination? Others(JsonElement schema, string pointer, Type? type)
    {
        var others = new SchemaCombination();
        if (schema.TryGetProperty("$ref", out var reference)
            && reference.ValueKind == JsonValueKind.String && _references.Find(reference.GetString()!) is { } found)
            others.All.Add(Compile(found.Schema, found.Pointer, type));
        others.All.AddRange(List(schema, "allOf", pointer, type));
        others.Any.AddRange(List(schema, "anyOf", pointer, null));
        others.One.AddRange(List(schema, "oneOf", pointer, null));
        (others.Not, others.If) = (Child(schema, "not", pointer, null), Child(schema, "if", pointer, null));
        (others.Then, others.Else) = (Child(schema, "then", pointer, null), Child(schema, "else", pointer, null));
        others.Dependent = [.. Children(schema, "dependentSchemas", pointer, _ => null)];
        return others.IsAny ? others : null;
    }

    SchemaNode? Child(JsonElement schema, string keyword, string pointer, Type? type) =>
        schema.TryGetProperty(keyword, out var child) && child.ValueKind is JsonValueKind.Object or JsonValueKind.False
            ? Compile(child, $"{pointer}/{keyword}", type)
            : null;

    IEnumerable<SchemaNode> List(JsonElement schema, string keyword, string pointer, Type? type) =>
        schema.TryGetProperty(keyword, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select((one, index) => Compile(one, $"{pointer}/{keyword}/{index}", type))]
            : [];

    // The last of several members with the same name counts, as in all JSON that is read here.
    ImmutableArray<(string Name, SchemaNode Schema)> Children(JsonElement schema, string keyword, string pointer, Func<string, Type?> typeOf)
    {
        if (!schema.TryGetProperty(keyword, out var children) || children.ValueKind != JsonValueKind.Object)
            return [];
        var last = children.EnumerateObject().GroupBy(one => one.Name, StringComparer.Ordinal).Select(same => same.Last());
        return [.. last.Select(one => (one.Name, Compile(one.Value, $"{pointer}/{keyword}/{SchemaReferences.Escape(one.Name)}", typeOf(one.Name))))];
    }
}
