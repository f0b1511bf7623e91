using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Json.Schema;
using McpScript.Invocation.Arguments;

namespace McpScript.Core.Tests.Invocation.Arguments;

/// <summary>Our comparison agrees with JsonSchema.Net on generated schemas and values.</summary>
public class SchemaAgreementTests
{
    static readonly Gen<JsonNode?> Plain = Gen.OneOf<JsonNode?>(
        Gen.Int[-3, 6].Select(number => (JsonNode?)JsonValue.Create(number)),
        Gen.Int[-6, 12].Select(number => (JsonNode?)JsonNode.Parse(number % 2 == 0 ? $"{number / 2}.0" : $"{number / 2}.5")),
        Gen.OneOf("", "a", "ab", "abc", "b1", "é", "\U0001F600").Select(text => (JsonNode?)JsonValue.Create(text)),
        Gen.Bool.Select(flag => (JsonNode?)JsonValue.Create(flag)),
        Gen.Const((JsonNode?)null));

    static readonly Gen<string> Name = Gen.OneOf("a", "b", "c");

    static readonly Gen<JsonNode?> Value = Gen.Recursive<JsonNode?>((depth, inner) => depth >= 3 ? Plain : Gen.Frequency(
        (3, Plain),
        (2, inner.List[0, 3].Select(items => (JsonNode?)new JsonArray([.. items.Select(item => item?.DeepClone())]))),
        (3, Gen.Select(Name, inner).List[0, 3].Select(members => (JsonNode?)Object(members)))));

    static readonly Gen<JsonNode> Keyword = Gen.OneOf<JsonNode>(
        Gen.OneOf("string", "integer", "number", "boolean", "array", "object", "null").Select(type => One("type", JsonValue.Create(type))),
        Gen.OneOf("string", "integer", "array", "object").Select(type => One("type", new JsonArray(type, "null"))),
        Gen.Select(Gen.OneOf("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), Gen.Int[-2, 4])
            .Select((keyword, bound) => One(keyword, JsonValue.Create(bound))),
        Gen.OneOf("1", "2", "0.5").Select(step => One("multipleOf", JsonNode.Parse(step))),
        Gen.Select(Gen.OneOf("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"), Gen.Int[0, 3])
            .Select((keyword, count) => One(keyword, JsonValue.Create(count))),
        Gen.OneOf("^a", "b", "^[a-c]+$", "[0-9]").Select(pattern => One("pattern", JsonValue.Create(pattern))),
        Gen.Bool.Select(unique => One("uniqueItems", JsonValue.Create(unique))),
        Plain.List[1, 3].Select(values => One("enum", new JsonArray([.. values.Select(value => value?.DeepClone())]))),
        Plain.Select(value => One("const", value?.DeepClone())),
        Name.List[1, 2].Select(names => One("required", new JsonArray([.. names.Distinct().Select(name => JsonValue.Create(name))]))),
        Gen.Select(Name, Name).Select((member, needs) => One("dependentRequired", One(member, new JsonArray(needs)))));

    static readonly Gen<JsonNode> Schema = Gen.Recursive<JsonNode>(
        (depth, inner) => depth >= 3 ? Keyword : Gen.Select(Keyword, Keyword, Gen.OneOf<JsonNode>(
        Keyword,
        Gen.Select(Name, inner).List[1, 3].Select(members => One("properties", Object([.. members.Select(one => (one.Item1, (JsonNode?)one.Item2))]))),
        Gen.Select(Gen.OneOf("items", "additionalProperties", "not", "contains", "propertyNames"), inner)
            .Select((keyword, schema) => One(keyword, schema.DeepClone())),
        Gen.Select(Gen.OneOf("allOf", "anyOf", "oneOf", "prefixItems"), inner.List[1, 3])
            .Select((keyword, schemas) => One(keyword, new JsonArray([.. schemas.Select(schema => schema.DeepClone())]))),
        Gen.Select(inner, inner, inner).Select((condition, then, otherwise) =>
            (JsonNode)new JsonObject { ["if"] = condition.DeepClone(), ["then"] = then.DeepClone(), ["else"] = otherwise.DeepClone() }),
        Gen.Select(Name, inner).Select((name, schema) => One("patternProperties", One($"^{name}", schema.DeepClone()))),
        Gen.Select(Name, inner).Select((name, schema) => One("dependentSchemas", One(name, schema.DeepClone()))),
        Gen.OneOf("#/$defs/item", "#/$defs/list", "#named").Select(reference => One("$ref", JsonValue.Create(reference)))))
        .Select((first, second, third) => Merged(first, second, third)));

    [Fact, Trait("Fault", "A10"), Trait("Fault", "B-F7")]
    public void The_built_in_validator_and_JsonSchema_Net_agree() => Gen.Select(Schema, Value).Sample((schema, value) =>
    {
        var root = Root(schema);
        var expected = JsonSchema.FromText(root.ToJsonString()).Evaluate(Json(new JsonObject { ["x"] = value?.DeepClone() })).IsValid;
        // Null members that stand for absent ones are our own addition, and have tests of their own: here the alternative's strictness is wanted.
        var node = new SchemaCompiler(Json(root), null).Compile(new Dictionary<string, Type>());
        var walk = new ArgumentWalk(null, true) { Alternatives = 1 };
        var fits = node.Check(Json(new JsonObject { ["x"] = value?.DeepClone() }), "", ref walk);
        Assert.True(expected == fits, $"JsonSchema.Net says {expected}, we say {fits}:\n{schema.ToJsonString()}\n{value?.ToJsonString() ?? "null"}");
    }, iter: 300);

    [Fact, Trait("Fault", "A10"), Trait("Fault", "B-F7")]
    public void A_misfit_is_explained_and_rewritten_arguments_still_fit() => Gen.Select(Schema, Value).Sample((schema, value) =>
    {
        var compiled = ArgumentSchema.Compile(Json(Root(schema)));
        var verdict = compiled.Check(new Dictionary<string, JsonElement> { ["x"] = Json(value) });
        Assert.All(verdict.Problems, problem => Assert.InRange(problem.Length, 10, 1000));
        Assert.InRange(verdict.Problems.Count, 0, 11);
        // Null members that are left out are counted no more.
        if (verdict.Changed is not null && value?.ToJsonString().Contains("null") is false)
            Assert.Empty(compiled.Check(verdict.Changed).Problems);
    }, iter: 300);

    static JsonObject Root(JsonNode schema) => new()
    {
        ["type"] = "object", ["properties"] = new JsonObject { ["x"] = schema.DeepClone() },
        ["$defs"] = JsonNode.Parse("""
            {"item":{"type":"object","properties":{"a":{"$ref":"#/$defs/item"},"b":{"type":"integer"}}},
            "list":{"type":"array","items":{"$ref":"#/$defs/item"}},"named":{"$anchor":"named","type":["string","null"]}}
            """),
    };

    static JsonNode One(string name, JsonNode? value) => new JsonObject { [name] = value };

    static JsonNode Merged(params JsonNode[] parts)
    {
        var merged = new JsonObject();
        foreach (var part in parts)
            foreach (var (name, value) in part.AsObject())
                merged[name] = value?.DeepClone();
        return merged;
    }

    static JsonObject Object(IEnumerable<(string, JsonNode?)> members)
    {
        var made = new JsonObject();
        foreach (var (name, value) in members)
            made[name] = value?.DeepClone();
        return made;
    }

    static JsonElement Json(JsonNode? node) => JsonSerializer.SerializeToElement(node);
}
