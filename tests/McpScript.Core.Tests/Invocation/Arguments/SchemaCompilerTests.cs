using System.Text.Json;
using McpScript.Invocation.Arguments;

namespace McpScript.Core.Tests.Invocation.Arguments;

/// <summary>References lead within one document, circles end, and what is no schema says nothing.</summary>
public class SchemaCompilerTests
{
    const string Defs = """
        ,"$defs":{"flag":{"type":"boolean","$anchor":"flag"},"a/b":{"type":"integer"},"a~b":{"type":"string"},"with space":{"type":"null"},
        "list":[{"type":"array"}],"deep":{"inner":{"$anchor":"inner","type":"object"}},
        "again":{"$anchor":"flag","type":"integer"},"other":{"anyOf":[{"$anchor":"listed","type":"array"}]}}
        """;

    [Theory]
    [InlineData("#/$defs/flag", "true")]
    [InlineData("#flag", "true")]
    [InlineData("#inner", "{}")]
    [InlineData("#listed", "[]")]
    [InlineData("#/$defs/a~1b", "1")]
    [InlineData("#/$defs/a~0b", "\"a\"")]
    [InlineData("#/$defs/with%20space", "null")]
    [InlineData("#/$defs/list/0", "[]")]
    [InlineData("#/$defs/deep/inner", "{}")]
    public void A_reference_within_the_document_is_followed(string reference, string good)
    {
        var schema = $$"""{"$ref":"{{reference}}"}""";

        foreach (var value in new[] { "true", "{}", "[]", "1", "\"a\"", "1.5" })
            Assert.Equal(value == good, SchemaCheck.Problems(schema, value, Defs).Count == 0);
        Assert.Empty(SchemaCheck.Problems(schema, good, Defs));
    }

    [Theory]
    [InlineData("#/$defs/none")]
    [InlineData("#/$defs/list/1")]
    [InlineData("#/$defs/list/-1")]
    [InlineData("#/$defs/list/x")]
    [InlineData("#/$defs/flag/type/x")]
    [InlineData("#none")]
    [InlineData("other.json#/a")]
    [InlineData("https://example.com/schema")]
    [InlineData("")]
    public void A_dangling_or_external_reference_is_ignored(string reference) =>
        Assert.Empty(SchemaCheck.Problems($$"""{"$ref":"{{reference}}"}""", "1", Defs));

    [Theory]
    [InlineData("""{"$ref":"#"}""")]
    [InlineData("""{"properties":{"a":{"$ref":"#/properties/x"}}}""")]
    public void A_schema_may_refer_to_a_schema_that_contains_it(string schema)
    {
        Assert.Empty(SchemaCheck.Problems(schema, """{"x":{"a":{}}}"""));
        Assert.Empty(SchemaCheck.Problems(schema, "{}"));
    }

    [Fact]
    public void Keywords_beside_a_reference_apply_too()
    {
        Assert.Equal(
            ["'x' should be an integer of at least 2, but the number 1 came."],
            SchemaCheck.Problems("""{"$ref":"#/$defs/a~1b","type":"integer","minimum":2}""", "1", Defs));
        Assert.Equal(["'x' should be an integer, but the number 2.5 came."], SchemaCheck.Problems("""{"$ref":"#/$defs/a~1b","minimum":2}""", "2.5", Defs));
    }

    [Theory]
    [InlineData("""{"$ref":"#/properties/x"}""")]
    [InlineData("""{"allOf":[{"$ref":"#/properties/x"}]}""")]
    [InlineData("""{"anyOf":[{"$ref":"#/properties/x"},false]}""")]
    [InlineData("""{"oneOf":[{"$ref":"#/properties/x"},false]}""")]
    [InlineData("""{"if":{"$ref":"#/properties/x"}}""")]
    [InlineData("""{"if":true,"then":{"$ref":"#/properties/x"}}""")]
    [InlineData("""{"if":{},"then":{"$ref":"#/properties/x"},"else":{"$ref":"#/properties/x"}}""")]
    [InlineData("""{"if":{"not":{}},"else":{"$ref":"#/properties/x"}}""")]
    [InlineData("""{"dependentSchemas":{"a":{"$ref":"#/properties/x"}}}""")]
    [InlineData("""{"allOf":[{"anyOf":[{"$ref":"#/$defs/loop"}]}]}""")]
    public void A_cycle_of_references_for_one_value_ends_and_the_value_is_valid(string schema) =>
        Assert.Empty(SchemaCheck.Problems(schema, """{"a":1}""",
            ""","$defs":{"loop":{"allOf":[{"$ref":"#/$defs/loop"},{"$ref":"#/$defs/back"}]},"back":{"oneOf":[{"$ref":"#/properties/x"}]}}"""));

    [Fact]
    public void A_schema_that_negates_itself_ends_too() => Assert.Single(SchemaCheck.Problems("""{"not":{"$ref":"#/properties/x"}}""", "1"));

    [Fact]
    public void A_cycle_is_cut_only_where_it_closes()
    {
        const string Tree = """
            {"type":"object","required":["name"],"allOf":[{"properties":{"left":{"$ref":"#/properties/x"},"right":{"$ref":"#/properties/x"}}}]}
            """;

        Assert.Equal(["'x.right.left.name' is missing."], SchemaCheck.Problems(Tree, """{"name":1,"left":{"name":1},"right":{"name":1,"left":{}}}"""));
    }

    [Fact]
    public void Two_references_to_one_schema_are_not_a_cycle() => Assert.Equal(
        ["'x' should be a boolean, but the number 1 came.", "'x' should be a boolean, but the number 1 came."],
        SchemaCheck.Problems("""{"allOf":[{"$ref":"#flag"},{"$ref":"#/$defs/flag"}]}""", "1", Defs));

    [Theory]
    [InlineData("true", "1", true)]
    [InlineData("false", "1", false)]
    [InlineData("5", "1", true)]
    [InlineData("null", "1", true)]
    [InlineData("[]", "1", true)]
    [InlineData("{}", "1", true)]
    [InlineData("""{"type":5}""", "1", true)]
    [InlineData("""{"type":"strange"}""", "1", true)]
    [InlineData("""{"type":["string","strange"]}""", "1", true)]
    [InlineData("""{"type":["string",5]}""", "1", true)]
    [InlineData("""{"type":[]}""", "1", false)]
    [InlineData("""{"type":["string","boolean"]}""", "1", false)]
    [InlineData("""{"enum":5}""", "1", true)]
    [InlineData("""{"enum":[]}""", "1", false)]
    [InlineData("""{"const":1,"enum":[1,2]}""", "1", true)]
    [InlineData("""{"const":1,"enum":[2]}""", "1", false)]
    [InlineData("""{"const":1,"enum":[1,2]}""", "2", false)]
    [InlineData("""{"const":null}""", "null", true)]
    [InlineData("""{"const":null}""", "1", false)]
    [InlineData("""{"not":5}""", "1", true)]
    [InlineData("""{"$ref":5}""", "1", true)]
    [InlineData("""{"if":[],"then":false}""", "1", true)]
    public void A_keyword_with_an_invalid_value_is_ignored(string schema, string value, bool fits) =>
        Assert.Equal(fits, SchemaCheck.Fits(schema, value));

    [Fact]
    public void Types_are_listed_in_the_order_of_the_schema() => Assert.Equal(
        ["'x' should be null or a string or an integer, but the boolean true came."],
        SchemaCheck.Problems("""{"type":["null","string","integer","null"]}""", "true"));

    [Fact]
    public void A_very_large_schema_is_compiled_up_to_the_limit()
    {
        var many = string.Join(',', Enumerable.Range(0, 20_100).Select(number => $"\"p{number}\":{{\"type\":\"integer\"}}"));
        var node = SchemaCheck.Node($$$"""{"type":"object","properties":{{{{many}}}}}""");

        var walk = new ArgumentWalk(null, true);
        Assert.False(node.Check(JsonElement.Parse("""{"p0":"a"}"""), "", ref walk));
        Assert.True(node.Check(JsonElement.Parse("""{"p20099":"a"}"""), "", ref walk));
    }
}
