namespace McpScript.Core.Tests.Invocation.Arguments;

/// <summary>Members of objects are compared by name and pattern, and each problem names its place.</summary>
public class ObjectRulesTests
{
    [Theory]
    [InlineData("""{"required":["a"]}""", """{"a":1}""", """{"A":1}""")]
    [InlineData("""{"required":["a","b"]}""", """{"b":1,"a":null}""", """{"a":1}""")]
    [InlineData("""{"properties":{"a":{"type":"integer"}}}""", """{"a":1,"b":"x"}""", """{"a":"x"}""")]
    [InlineData("""{"properties":{"a":{"type":"integer"}},"additionalProperties":false}""", """{"a":1}""", """{"a":1,"b":1}""")]
    [InlineData("""{"properties":{"a":{}},"additionalProperties":{"type":"integer"}}""", """{"a":"x","b":1}""", """{"a":"x","b":"x"}""")]
    [InlineData("""{"additionalProperties":false}""", "{}", """{"a":1}""")]
    [InlineData("""{"patternProperties":{"^n":{"type":"integer"}}}""", """{"n1":1,"a":"x"}""", """{"n1":"x"}""")]
    [InlineData("""{"patternProperties":{"^n":{"type":"integer"}},"additionalProperties":false}""", """{"n1":1}""", """{"a":1}""")]
    [InlineData("""{"properties":{"n":{"type":"integer"}},"patternProperties":{"^n":{"minimum":2}}}""", """{"n":2}""", """{"n":1}""")]
    [InlineData("""{"properties":{"n":{"type":"integer"}},"patternProperties":{"^n":{"minimum":2}}}""", """{"n":2}""", """{"n":2.5}""")]
    [InlineData("""{"patternProperties":{"a":false}}""", """{"b":1}""", """{"ba":1}""")]
    [InlineData("""{"properties":{"a":false}}""", """{"b":1}""", """{"a":1}""")]
    [InlineData("""{"propertyNames":{"maxLength":2}}""", """{"ab":1}""", """{"abc":1}""")]
    [InlineData("""{"propertyNames":{"maxLength":2},"properties":{"a":{"type":"integer"}}}""", """{"a":1}""", """{"a":"x"}""")]
    [InlineData("""{"minProperties":1}""", """{"a":1}""", "{}")]
    [InlineData("""{"maxProperties":1}""", """{"a":1}""", """{"a":1,"b":1}""")]
    [InlineData("""{"minProperties":1,"maxProperties":1}""", """{"a":1}""", "{}")]
    [InlineData("""{"dependentRequired":{"a":["b","c"]}}""", """{"a":1,"b":1,"c":1}""", """{"a":1,"b":1}""")]
    [InlineData("""{"dependentRequired":{"a":["b"]}}""", """{"c":1}""", """{"a":1}""")]
    [InlineData("""{"properties":{"a":{"type":"integer"}},"maxProperties":1}""", """{"a":1}""", """{"a":"x"}""")]
    [InlineData("""{"properties":{"a":{"type":"integer"},"a":{"type":"string"}}}""", """{"a":"x"}""", """{"a":1}""")]
    public void A_rule_holds(string schema, string good, string bad)
    {
        Assert.True(SchemaCheck.Fits(schema, good));
        Assert.False(SchemaCheck.Fits(schema, bad));
    }

    [Theory]
    [InlineData("""{"required":["a"]}""", "[]")]
    [InlineData("""{"required":"a"}""", "{}")]
    [InlineData("""{"required":[1]}""", "{}")]
    [InlineData("""{"properties":[]}""", """{"a":1}""")]
    [InlineData("""{"properties":{"a":true}}""", """{"a":1}""")]
    [InlineData("""{"additionalProperties":true}""", """{"a":1}""")]
    [InlineData("""{"dependentRequired":["a"]}""", """{"a":1}""")]
    [InlineData("""{"dependentRequired":{"a":"b"}}""", """{"a":1}""")]
    [InlineData("""{"minProperties":-1}""", "{}")]
    [InlineData("""{"propertyNames":true}""", """{"a":1}""")]
    [InlineData("""{"patternProperties":{"[":false}}""", "{}")]
    public void A_value_to_which_no_rule_applies_is_valid(string schema, string value) => Assert.True(SchemaCheck.Fits(schema, value));

    [Theory]
    [InlineData("""{"required":["a"]}""", "{}", "'x.a' is missing.")]
    [InlineData("""{"required":["a"],"properties":{"a":{"type":"integer"}}}""", "{}", "'x.a' is missing; it should be an integer.")]
    [InlineData(
        """{"dependentRequired":{"a":["b"]},"properties":{"b":{"type":"string"}}}""", """{"a":1}""",
        "'x.b' is missing (it belongs to 'x.a'); it should be a string.")]
    [InlineData("""{"minProperties":2}""", """{"a":1}""", "'x' should have at least 2 members, but 1 came.")]
    [InlineData("""{"minProperties":1,"maxProperties":1}""", "{}", "'x' should have 1 member, but 0 came.")]
    [InlineData("""{"additionalProperties":false}""", """{"a":1}""", "'x.a' is not expected there.")]
    [InlineData("""{"properties":{"a":{}},"patternProperties":{"z":{}},"additionalProperties":false}""", """{"b":1}""", "'x.b' is not expected there.")]
    [InlineData(
        """{"propertyNames":{"type":"string","pattern":"^[a-z]+$"}}""", """{"A":1}""",
        "'x.A' has a name that is not allowed there; it should be a string that matches ^[a-z]+$.")]
    [InlineData(
        """{"properties":{"a":{"properties":{"b":{"type":"integer"}}}}}""", """{"a":{"b":"x"}}""",
        "'x.a.b' should be an integer, but the string \"x\" came.")]
    [InlineData("""{"properties":{"a":{"type":"integer"}},"maxProperties":5}""", """{"a":"x"}""", "'x.a' should be an integer, but the string \"x\" came.")]
    public void A_problem_names_the_place_and_the_rule(string schema, string value, string problem) =>
        Assert.Equal([problem], SchemaCheck.Problems(schema, value));

    [Fact]
    public void All_problems_of_an_object_are_reported_together()
    {
        const string Schema = """{"required":["a","b"],"maxProperties":1,"properties":{"a":{},"b":{},"c":{"type":"integer"}},"additionalProperties":false}""";
        string[] problems =
        [
            "'x.a' is missing.", "'x.b' is missing.", "'x' should have at most 1 member, but 2 came.", "'x.c' should be an integer, but the string \"x\" came.",
            "'x.d' is not expected there.",
        ];

        Assert.Equal(problems, SchemaCheck.Problems(Schema, """{"c":"x","d":1}"""));
    }

    [Theory]
    [InlineData("""{"minProperties":2}""", "The arguments should have at least 2 members, but 1 came.")]
    [InlineData("""{"maxProperties":0}""", "The arguments should have at most 0 members, but 1 came.")]
    public void The_root_of_the_arguments_is_named_the_arguments(string schema, string problem) =>
        Assert.Equal([problem], SchemaCheck.Check(schema.Insert(1, "\"additionalProperties\":true,"), """{"a":1}""").Problems);

    [Theory]
    [InlineData("""{"properties":{"a":{"type":"integer"}}}""", """{"a":null,"b":1}""", """{"b":1}""")]
    [InlineData("""{"additionalProperties":{"type":"integer"}}""", """{"a":null}""", "{}")]
    [InlineData("""{"patternProperties":{"a":{"type":"integer"}}}""", """{"a":null}""", "{}")]
    [InlineData("""{"properties":{"a":{"enum":[1,2]}}}""", """{"a":null}""", "{}")]
    [InlineData("""{"properties":{"a":{"type":["integer","null"]}}}""", """{"a":null}""", null)]
    [InlineData("""{"properties":{"a":{}}}""", """{"a":null}""", null)]
    public void Null_for_an_optional_member_stands_for_its_absence(string schema, string value, string? rewritten)
    {
        var verdict = SchemaCheck.Check($$$"""{"type":"object","properties":{"x":{{{schema}}}}}""", $$"""{"x":{{value}}}""");

        Assert.Empty(verdict.Problems);
        Assert.Equal(rewritten, verdict.Changed?["x"].GetRawText());
    }

    [Theory]
    [InlineData("""{"properties":{"a":{"type":"integer"}},"required":["a"]}""")]
    [InlineData("""{"patternProperties":{"a":{"type":"integer"}},"required":["a"]}""")]
    public void Null_for_a_required_member_is_a_problem(string schema) =>
        Assert.Equal("'x.a' should be an integer, but null came.", Assert.Single(SchemaCheck.Problems(schema, """{"a":null}""")));

    [Fact]
    public void Null_for_a_member_that_must_not_be_there_is_a_problem() =>
        Assert.Equal("'x.a' is not expected there.", Assert.Single(SchemaCheck.Problems("""{"additionalProperties":false}""", """{"a":null}""")));

    [Theory]
    [InlineData("""{"required":["a"]}""", 1)]
    [InlineData("""{"dependentRequired":{"b":["a"]}}""", 0)]
    [InlineData("""{"dependentSchemas":{"a":false}}""", 0)]
    [InlineData("""{"properties":{"a":{"type":"integer"}},"additionalProperties":{"type":"integer"}}""", 0)]
    [InlineData("""{"enum":[{"a":1},[2]]}""", 1)]
    [InlineData("""{"const":{"a":1}}""", 1)]
    public void A_name_that_is_not_valid_text_is_compared_without_an_exception(string schema, int problems)
    {
        Assert.Equal(problems, SchemaCheck.Problems(schema, """{"\ud800":1}""").Count);
        Assert.Equal(problems, SchemaCheck.Problems(schema, """{"\ud800a":1}""").Count);
    }

    [Theory]
    [InlineData("""{"enum":["a",1]}""")]
    [InlineData("""{"enum":["a","b"]}""")]
    [InlineData("""{"const":"a"}""")]
    [InlineData("""{"const":["a"]}""")]
    [InlineData("""{"minLength":1}""")]
    [InlineData("""{"anyOf":[{"const":"a"},{"type":"integer"}]}""")]
    public void Invalid_text_fits_no_rule_and_causes_no_exception(string schema) => Assert.Single(SchemaCheck.Problems(schema, "\"\\ud800\""));
}
