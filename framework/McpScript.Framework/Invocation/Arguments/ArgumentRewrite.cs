using System.Text.Json;

namespace McpScript.Invocation.Arguments;

/// <summary>Writes arguments that fit the way .NET reads them: integers in plain digits, and no null where it stands for an absent member.</summary>
static class ArgumentRewrite
{
    /// <summary>The value, written anew.</summary>
    public static JsonElement Of(SchemaNode schema, JsonElement value) => JsonArguments.Write(writer => Write(writer, [schema], value));

    static void Write(Utf8JsonWriter writer, IEnumerable<SchemaNode> schemas, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Number when !WholeNumber.IsPlain(value) && Holding(schemas, value).Any(schema => (schema.Kinds & JsonKinds.Integer) != 0 && (schema.Kinds & JsonKinds.Number) == 0):
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

    static bool IsAbsent(List<ObjectRules> rules, List<SchemaNode> own, string name, JsonElement value)
    {
        var walk = new ArgumentWalk(null, false);
        return value.ValueKind == JsonValueKind.Null && !rules.Any(rule => rule.Required.Contains(name)) && own.Any(schema => !schema.Fits(value, ref walk));
    }

    // A value is often compared with one schema only; references and alternatives that hold come beside it.
    static List<SchemaNode> Holding(IEnumerable<SchemaNode> schemas, JsonElement value)
    {
        var all = new List<SchemaNode>(schemas);
        for (var i = 0; i < all.Count && i < ArgumentWalk.Deepest; i++)
            if (all[i].Others is { } others)
                all.AddRange(others.HoldingFor(value).Where(one => !all.Contains(one)));
        return all;
    }
}
