namespace McpScript.Core.Tests.Invocation.Arguments;

/// <summary>Lengths count code points, patterns are found anywhere in a text and end where the text does.</summary>
public class TextRulesTests
{
    [Theory]
    [InlineData("""{"minLength":2}""", "\"ab\"", "\"a\"")]
    [InlineData("""{"maxLength":2}""", "\"ab\"", "\"abc\"")]
    [InlineData("""{"maxLength":2}""", "\"😀é\"", "\"😀éa\"")]
    [InlineData("""{"minLength":2}""", "\"\\u0061b\"", "\"\\u0061\"")]
    [InlineData("""{"minLength":1,"maxLength":1}""", "\"a\"", "\"\"")]
    [InlineData("""{"minLength":2.0}""", "\"ab\"", "\"a\"")]
    [InlineData("""{"pattern":"b"}""", "\"abc\"", "\"aBc\"")]
    [InlineData("""{"pattern":"^b"}""", "\"bc\"", "\"abc\"")]
    [InlineData("""{"pattern":"b$"}""", "\"ab\"", "\"ab\\n\"")]
    [InlineData("""{"pattern":"^[a-z$]+$"}""", "\"a$\"", "\"a$\\n\"")]
    [InlineData("""{"pattern":"a\\$"}""", "\"a$b\"", "\"a\"")]
    [InlineData("""{"pattern":"[\\]$]b$"}""", "\"$b\"", "\"$b\\n\"")]
    [InlineData("""{"pattern":"\\\\$"}""", "\"a\\\\\"", "\"a\\\\\\n\"")]
    [InlineData("""{"pattern":"^(?=a)(?!ab)a"}""", "\"ac\"", "\"ab\"")]
    [InlineData("""{"pattern":"^(a|b)\\1$"}""", "\"aa\"", "\"ab\"")]
    [InlineData("""{"pattern":"^i$"}""", "\"i\"", "\"I\"")]
    [InlineData("""{"minLength":1,"pattern":"a"}""", "\"a\"", "\"b\"")]
    [InlineData("""{"minLength":2,"pattern":"a"}""", "\"aa\"", "\"a\"")]
    [InlineData("""{"pattern":"a"}""", "\"a\"", "\"\\ud800a\"")]
    public void A_rule_holds(string schema, string good, string bad)
    {
        Assert.True(SchemaCheck.Fits(schema, good));
        Assert.False(SchemaCheck.Fits(schema, bad));
    }

    [Theory]
    [InlineData("""{"pattern":"["}""", "\"anything\"")]
    [InlineData("""{"pattern":5}""", "\"a\"")]
    [InlineData("""{"pattern":"a"}""", "1")]
    [InlineData("""{"maxLength":-1}""", "\"a\"")]
    [InlineData("""{"maxLength":0.5}""", "\"a\"")]
    [InlineData("""{"maxLength":"0"}""", "\"a\"")]
    [InlineData("""{"minLength":2}""", "1")]
    [InlineData("""{"maxLength":99999999999999999999}""", "\"a\"")]
    public void A_value_to_which_no_rule_applies_is_valid(string schema, string value) => Assert.True(SchemaCheck.Fits(schema, value));

    [Theory]
    [InlineData("""{"type":"string","minLength":2}""", "a string of at least 2 characters")]
    [InlineData("""{"type":"string","minLength":1}""", "a string of at least 1 character")]
    [InlineData("""{"type":"string","maxLength":3}""", "a string of at most 3 characters")]
    [InlineData("""{"type":"string","minLength":2,"maxLength":2}""", "a string of 2 characters")]
    [InlineData("""{"type":"string","minLength":1,"maxLength":1}""", "a string of 1 character")]
    [InlineData("""{"type":"string","minLength":0,"maxLength":1}""", "a string of 0 to 1 character")]
    [InlineData("""{"type":"string","pattern":"^a$"}""", "a string that matches ^a$")]
    [InlineData("""{"type":"string","minLength":2,"pattern":"^a$"}""", "a string of at least 2 characters that matches ^a$")]
    [InlineData("""{"type":"string"}""", "a string")]
    public void The_description_names_the_rules(string schema, string words) =>
        Assert.Equal($"'x' should be {words}, but the number 1 came.", Assert.Single(SchemaCheck.Problems(schema, "1")));

    [Fact]
    public void A_long_pattern_is_cut_in_the_description()
    {
        var problem = Assert.Single(SchemaCheck.Problems($$"""{"type":"string","pattern":"{{new string('a', 61)}}"}""", "\"b\""));

        Assert.Equal($"'x' should be a string that matches {new string('a', 57)}..., but the string \"b\" came.", problem);
    }
}
