using System.Text.Json;

namespace McpScript.Invocation.Arguments;

/// <summary>Rewrites valid arguments to the form that .NET reads: integers as plain digits, and no null for an absent member.</summary>
static class ArgumentRewrite
{
    /// <summary>Returns the rewritten value.</summary>
    public static JsonElement Of(SchemaNode schema, JsonElement value) => JsonArguments.Write(writer => Write(writer, [schema], value));

    static void Write(Utf8JsonWriter writer, IEnumerable<SchemaNode> schemas, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Number when !WholeNumber.IsPlain(value) && Holding(schemas, value).Any(IsIntegerOnly):
                writer.WriteRawValue(WholeNumber.PlainText(value) ?? value.GetRawText(), skipInputValidation: true);
                break;
            case JsonValueKind.Array:
                WriteArray(writer, Holding(schemas, value), value);
                break;
            case JsonValueKind.Object:
                WriteObject(writer, Holding(schemas, value), value);
                break;
            default:
                JsonArguments.Raw(writer, value);
                break;
        }
    }

    static void WriteArray(Utf8JsonWriter writer, List<SchemaNode> schemas, JsonElement value)
    {
        var rules = schemas.Select(schema => schema.Arrays).OfType<ArrayRules>().ToList();
        writer.WriteStartArray();
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            var at = index++;
            Write(writer, rules.Select(rule => rule.ItemAt(at)).OfType<SchemaNode>(), item);
        }
        writer.WriteEndArray();
    }

    static void WriteObject(Utf8JsonWriter writer, List<SchemaNode> schemas, JsonElement value)
    {
        var rules = schemas.Select(schema => schema.Objects).OfType<ObjectRules>().ToList();
        writer.WriteStartObject();
        foreach (var member in value.EnumerateObject())
        {
            if (JsonTextValue.Name(member) is not { } name)
                continue;
            var own = rules.SelectMany(rule => rule.SchemasOf(name)).ToList();
            if (IsAbsent(rules, own, name, member.Value))
                continue;
            writer.WritePropertyName(name);
            Write(writer, own, member.Value);
        }
        writer.WriteEndObject();
    }

    static bool IsIntegerOnly(SchemaNode schema) => (schema.Kinds & JsonKinds.Integer) != 0 && (schema.Kinds & JsonKinds.Number) == 0;

    static bool IsAbsent(List<ObjectRules> rules, List<SchemaNode> own, string name, JsonElement value)
    {
        var walk = new ArgumentWalk(null, false);
        return value.ValueKind == JsonValueKind.Null && !rules.Any(rule => rule.Required.Contains(name)) && own.Any(schema => !schema.Fits(value, ref walk));
    }

    // The schemas of a value, with the references and alternatives that apply to it.
    static List<SchemaNode> Holding(IEnumerable<SchemaNode> schemas, JsonElement value)
    {
        var all = new List<SchemaNode>(schemas);
        for (var i = 0; i < all.Count && i < ArgumentWalk.Deepest; i++)
            if (all[i].Others is { } others)
                all.AddRange(others.HoldingFor(value).Where(one => !all.Contains(one)));
        return all;
    }
}
