namespace McpScript.Core.Tests.Invocation.Arguments;

/// <summary>The values that a schema lists are compared by what they are and not by how they are written.</summary>
public class AllowedJsonTests
{
    [Theory]
    [InlineData("""{"enum":["a","b"]}""", "\"b\"", "\"c\"")]
    [InlineData("""{"enum":["a","b"]}""", "\"\\u0061\"", "\"A\"")]
    [InlineData("""{"enum":["\u0061"]}""", "\"a\"", "1")]
    [InlineData("""{"enum":["a","b","c","d"]}""", "\"d\"", "\"e\"")]
    [InlineData("""{"enum":["a","b","c","d","e"]}""", "\"e\"", "\"f\"")]
    [InlineData("""{"enum":["a","b","c","d","e"]}""", "\"\\u0065\"", "1")]
    [InlineData("""{"enum":["a",1,null]}""", "null", "false")]
    [InlineData("""{"enum":["a",1,null]}""", "1.0", "2")]
    [InlineData("""{"enum":[{"a":1,"b":2}]}""", """{"b":2,"a":1}""", """{"a":1}""")]
    [InlineData("""{"const":[1,[2]]}""", "[1.0,[2]]", "[1,2]")]
    [InlineData("""{"const":"1"}""", "\"1\"", "1")]
    public void A_value_is_one_of_the_allowed_values_or_not(string schema, string good, string bad)
    {
        Assert.True(SchemaCheck.Fits(schema, good));
        Assert.False(SchemaCheck.Fits(schema, bad));
    }

    [Theory]
    [InlineData("""{"const":"a"}""", "\"a\"")]
    [InlineData("""{"const":{"a":1}}""", """{"a":1}""")]
    [InlineData("""{"enum":["a",1,null]}""", "one of \"a\", 1, null")]
    [InlineData("""{"const":"a","enum":["a","b"]}""", "\"a\"")]
    public void The_description_lists_the_values_as_the_schema_writes_them(string schema, string words) =>
        Assert.Equal([$"'x' should be {words}, but the string \"z\" came."], SchemaCheck.Problems(schema, "\"z\""));

    [Theory]
    [InlineData(30, "")]
    [InlineData(31, " and 1 more")]
    [InlineData(40, " and 10 more")]
    public void Thirty_of_many_values_are_listed(int count, string more) => Assert.Equal(
        [$"'x' should be one of {string.Join(", ", Enumerable.Range(0, Math.Min(count, 30)))}{more}, but the string \"z\" came."],
        SchemaCheck.Problems($$"""{"enum":[{{string.Join(',', Enumerable.Range(0, count))}}]}""", "\"z\""));

    [Fact]
    public void A_long_value_is_cut_in_the_description() => Assert.Equal(
        [$"'x' should be one of \"{new string('a', 56)}..., 1, but the string \"z\" came."],
        SchemaCheck.Problems($$"""{"enum":["{{new string('a', 70)}}",1]}""", "\"z\""));
}
