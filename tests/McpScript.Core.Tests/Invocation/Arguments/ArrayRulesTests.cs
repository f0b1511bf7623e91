namespace McpScript.Core.Tests.Invocation.Arguments;

/// <summary>Items of arrays are compared one by one, and each problem names its place.</summary>
public class ArrayRulesTests
{
    [Theory]
    [InlineData("""{"minItems":2}""", "[1,2]", "[1]")]
    [InlineData("""{"maxItems":2}""", "[1,2]", "[1,2,3]")]
    [InlineData("""{"maxItems":0}""", "[]", "[1]")]
    [InlineData("""{"uniqueItems":true}""", "[1,2]", "[2,1,2.0]")]
    [InlineData("""{"items":{"type":"integer"}}""", "[1,2]", "[1,\"a\"]")]
    [InlineData("""{"items":false}""", "[]", "[1]")]
    [InlineData("""{"prefixItems":[{"type":"integer"},{"type":"string"}]}""", "[1,\"a\",null]", "[1,2]")]
    [InlineData("""{"prefixItems":[{"type":"integer"}],"items":{"type":"string"}}""", "[1,\"a\",\"b\"]", "[1,\"a\",2]")]
    [InlineData("""{"items":[{"type":"integer"}],"additionalItems":{"type":"string"}}""", "[1,\"a\"]", "[1,2]")]
    [InlineData("""{"items":[{"type":"integer"}]}""", "[1,2]", "[\"a\"]")]
    [InlineData("""{"contains":{"type":"integer"}}""", "[\"a\",1]", "[\"a\"]")]
    [InlineData("""{"contains":{"type":"integer"},"minContains":2}""", "[1,2]", "[1,\"a\"]")]
    [InlineData("""{"contains":{"type":"integer"},"maxContains":2}""", "[1,2,\"a\"]", "[1,2,3]")]
    [InlineData("""{"contains":{"type":"integer"},"minContains":0,"maxContains":1}""", "[]", "[1,2]")]
    [InlineData("""{"contains":{"type":"integer"},"items":{"type":["integer","string"]}}""", "[1,\"a\"]", "[1,null]")]
    public void A_rule_holds(string schema, string good, string bad)
    {
        Assert.True(SchemaCheck.Fits(schema, good));
        Assert.False(SchemaCheck.Fits(schema, bad));
    }

    [Theory]
    [InlineData("""{"minItems":2}""", "{}")]
    [InlineData("""{"uniqueItems":false}""", "[1,1]")]
    [InlineData("""{"uniqueItems":"true"}""", "[1,1]")]
    [InlineData("""{"minContains":2}""", "[]")]
    [InlineData("""{"items":true}""", "[1]")]
    [InlineData("""{"prefixItems":{"type":"string"}}""", "[1]")]
    [InlineData("""{"additionalItems":false}""", "[1]")]
    [InlineData("""{"items":{},"additionalItems":false}""", "[1]")]
    public void A_value_to_which_no_rule_applies_is_valid(string schema, string value) => Assert.True(SchemaCheck.Fits(schema, value));

    [Theory]
    [InlineData("""{"minItems":1}""", "[]", "'x' should have at least 1 item, but 0 came.")]
    [InlineData("""{"maxItems":2}""", "[1,2,3]", "'x' should have at most 2 items, but 3 came.")]
    [InlineData("""{"minItems":2,"maxItems":2}""", "[1]", "'x' should have 2 items, but 1 came.")]
    [InlineData(
        """{"contains":{"type":"integer"},"minContains":1,"maxContains":2}""", "[1,2,3]",
        "'x' should contain 1 to 2 items of the kind 'an integer', but 3 came.")]
    [InlineData("""{"prefixItems":[{"type":"integer"}]}""", "[\"a\"]", "'x[0]' should be an integer, but the string \"a\" came.")]
    [InlineData("""{"items":{"items":{"type":"integer"}}}""", "[[1],[2,\"a\"]]", "'x[1][1]' should be an integer, but the string \"a\" came.")]
    [InlineData("""{"uniqueItems":true,"items":{"type":"integer"}}""", "[\"a\",\"a\"]", "'x' should not have the same item twice.")]
    [InlineData("""{"minItems":3,"uniqueItems":true}""", "[1,1]", "'x' should have at least 3 items, but 2 came.")]
    public void A_problem_names_the_place_and_the_rule(string schema, string value, string problem) => Assert.Equal([problem], SchemaCheck.Problems(schema,
        value));

    [Fact]
    public void All_items_that_do_not_fit_are_reported() => Assert.Equal(
        ["'x[0]' should be an object, but the number 1 came.", "'x[2].n' is missing; it should be a string."],
        SchemaCheck.Problems("""{"items":{"type":"object","required":["n"],"properties":{"n":{"type":"string"}}}}""", """[1,{"n":"a"},{}]"""));

    [Fact]
    public void A_null_item_does_not_count_as_absent() =>
        Assert.Equal("'x[0]' should be an integer, but null came.", Assert.Single(SchemaCheck.Problems("""{"items":{"type":"integer"}}""", "[null]")));

    [Fact]
    public void An_item_counts_for_contains_only_if_none_of_its_members_must_be_left_out() =>
        Assert.Equal("'x' should contain at least 1 item of the kind 'an object', but 0 came.",
            Assert.Single(SchemaCheck.Problems("""{"contains":{"type":"object","properties":{"n":{"type":"string"}}}}""", """[{"n":null}]""")));

    [Fact]
    public void Items_that_are_not_valid_text_are_compared_too()
    {
        Assert.Equal("'x' should not have the same item twice.", Assert.Single(SchemaCheck.Problems("""{"uniqueItems":true}""",
            """[{"\ud800":1},{"\ud800":1}]""")));
        Assert.Empty(SchemaCheck.Problems("""{"uniqueItems":true}""", """["\ud800","\ud801",{"\ud800":1},{"\ud800":2}]"""));
    }
}
