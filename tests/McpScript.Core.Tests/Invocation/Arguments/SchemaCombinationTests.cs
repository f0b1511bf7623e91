namespace McpScript.Core.Tests.Invocation.Arguments;

/// <summary>Combined schemas hold as JSON Schema has it, and a value that fits none of several is explained by the nearest.</summary>
public class SchemaCombinationTests
{
    [Theory]
    [InlineData("""{"allOf":[{"type":"integer"},{"minimum":2}]}""", "2", "1")]
    [InlineData("""{"allOf":[{"type":"integer"},{"minimum":2}]}""", "3", "2.5")]
    [InlineData("""{"anyOf":[{"type":"integer"},{"type":"string"}]}""", "1", "null")]
    [InlineData("""{"anyOf":[{"type":"integer"},{"type":"string"}]}""", "\"a\"", "1.5")]
    [InlineData("""{"anyOf":[{"type":"integer"}],"minimum":2}""", "2", "1")]
    [InlineData("""{"oneOf":[{"type":"integer"},{"minimum":2}]}""", "1", "2")]
    [InlineData("""{"oneOf":[{"type":"integer"},{"minimum":2}]}""", "2.5", "0.5")]
    [InlineData("""{"anyOf":[{"type":"integer"}],"oneOf":[{"minimum":2}]}""", "2", "1")]
    [InlineData("""{"anyOf":[{"type":"integer"}],"oneOf":[{"minimum":2}]}""", "2", "2.5")]
    [InlineData("""{"not":{"type":"string"}}""", "1", "\"a\"")]
    [InlineData("""{"not":false}""", "1", null)]
    [InlineData("""{"if":{"type":"string"},"then":{"maxLength":1},"else":{"minimum":2}}""", "\"a\"", "\"ab\"")]
    [InlineData("""{"if":{"type":"string"},"then":{"maxLength":1},"else":{"minimum":2}}""", "2", "1")]
    [InlineData("""{"if":{"type":"string"},"then":{"maxLength":1}}""", "1", "\"ab\"")]
    [InlineData("""{"if":{"type":"string"},"else":{"minimum":2}}""", "\"ab\"", "1")]
    [InlineData("""{"then":false,"else":false}""", "1", null)]
    [InlineData("""{"dependentSchemas":{"a":{"required":["b"]}}}""", """{"a":1,"b":1}""", """{"a":1}""")]
    [InlineData("""{"dependentSchemas":{"a":{"required":["b"]}}}""", """{"c":1}""", """{"a":null}""")]
    [InlineData("""{"dependentSchemas":{"a":false}}""", "[\"a\"]", """{"a":1}""")]
    [InlineData("""{"anyOf":[]}""", "1", null)]
    [InlineData("""{"oneOf":{}}""", "1", null)]
    [InlineData("""{"anyOf":[{"type":"string"},true]}""", "1", null)]
    public void A_keyword_holds(string schema, string good, string? bad)
    {
        Assert.True(SchemaCheck.Fits(schema, good));
        if (bad is not null)
            Assert.False(SchemaCheck.Fits(schema, bad));
    }

    [Theory]
    [InlineData("""{"allOf":[{"type":"integer"},{"maximum":3}]}""", "\"a\"", "'x' should be an integer, but the string \"a\" came.")]
    [InlineData(
        """{"allOf":[{"minLength":2},{"maxLength":0}]}""", "\"a\"",
        "'x' should be absent, but the string \"a\" came.|'x' should be absent, but the string \"a\" came.")]
    [InlineData("""{"not":{"type":"string"}}""", "\"a\"", "'x' should not be a string, but the string \"a\" came.")]
    [InlineData("""{"not":{"minimum":1}}""", "1", "'x' should not be of that form, but the number 1 came.")]
    [InlineData("""{"oneOf":[{"type":"integer"},{"type":"number"},{"minimum":0}]}""", "1", "'x' should fit one of its forms only, but the number 1 fits 3.")]
    [InlineData("""{"oneOf":[{"type":"integer"},{"type":"boolean"}]}""", "\"a\"", "'x' should be an integer or a boolean, but the string \"a\" came.")]
    [InlineData(
        """{"anyOf":[{"type":"integer"},{"type":"integer"},{"const":"b"}]}""", "\"a\"", "'x' should be an integer or \"b\", but the string \"a\" came.")]
    [InlineData("""{"anyOf":[{"minimum":5},{"minimum":6}]}""", "1", "'x' should be of another form, but the number 1 came.")]
    [InlineData("""{"anyOf":[{"minimum":5},{"type":"string"}]}""", "1", "'x' should be a string, but the number 1 came.")]
    [InlineData("""{"anyOf":[{"type":"integer","minimum":5}]}""", "1", "'x' should be an integer of at least 5, but the number 1 came.")]
    [InlineData(
        """{"if":{"type":"string"},"then":{"type":"string","maxLength":1}}""", "\"ab\"",
        "'x' should be a string of at most 1 character, but the string \"ab\" came.")]
    [InlineData("""{"dependentSchemas":{"a":{"required":["b"]}}}""", """{"a":1}""", "'x.b' is missing.")]
    public void A_problem_names_the_place_and_what_fits(string schema, string value, string problems) =>
        Assert.Equal(problems.Split('|'), SchemaCheck.Problems(schema, value));

    [Theory]
    [InlineData("""{"kind":"circle"}""", "'x.radius' is missing; it should be a number.")]
    [InlineData("""{"kind":"square","side":"a"}""", "'x.side' should be a number, but the string \"a\" came.")]
    [InlineData("""[]""", "'x' should have at least 1 item, but 0 came.")]
    public void An_object_or_list_is_explained_by_the_alternative_with_the_fewest_problems(string value, string problem)
    {
        const string Shapes = """
            {"anyOf":[{"type":"string"},
            {"type":"object","required":["kind","radius"],"properties":{"kind":{"const":"circle"},"radius":{"type":"number"}},"additionalProperties":false},
            {"type":"object","required":["kind","side"],"properties":{"kind":{"const":"square"},"side":{"type":"number"}},"additionalProperties":false},
            {"type":"array","minItems":1}]}
            """;

        Assert.Equal([problem], SchemaCheck.Problems(Shapes, value));
        Assert.Equal([problem], SchemaCheck.Problems(Shapes.Replace("anyOf", "oneOf"), value));
    }

    [Fact]
    public void Of_alternatives_that_are_equally_near_the_first_explains() => Assert.Equal(
        ["'x.a' is missing."], SchemaCheck.Problems("""{"anyOf":[{"type":"object","required":["a"]},{"type":"object","required":["b"]}]}""", "{}"));

    [Fact]
    public void A_plain_value_that_fits_no_alternative_is_reported_with_all_of_them() => Assert.Equal(
        ["'x' should be an object or an array, but the number 1 came."], SchemaCheck.Problems("""{"anyOf":[{"type":"object"},{"type":"array"}]}""", "1"));

    [Fact]
    public void The_only_alternative_explains_plain_values_too() => Assert.Equal(
        ["'x' should not be \"a\", but the string \"a\" came."], SchemaCheck.Problems("""{"anyOf":[{"type":"string","not":{"const":"a"}}]}""", "\"a\""));

    [Fact]
    public void An_object_that_matches_no_alternative_is_reported_with_all_of_them() => Assert.Equal(
        ["'x' should be an integer or a string, but the object {} came."], SchemaCheck.Problems("""{"anyOf":[{"type":"integer"},{"type":"string"}]}""", "{}"));

    [Fact]
    public void Only_twenty_alternatives_are_listed()
    {
        var schema = $$"""{"anyOf":[{{string.Join(',', Enumerable.Range(1, 25).Select(number => $"{{\"const\":{number}}}"))}}]}""";

        Assert.Equal([$"'x' should be {string.Join(" or ", Enumerable.Range(1, 20))}, but the string \"a\" came."], SchemaCheck.Problems(schema, "\"a\""));
    }

    [Fact]
    public void An_alternative_within_an_alternative_does_not_take_null_for_absence() => Assert.Equal(
        ["'x.a' should be an integer, but null came."], SchemaCheck.Problems("""{"anyOf":[{"type":"object","properties":{"a":{"type":"integer"}}}]}""",
        """{"a":null}"""));

    [Fact]
    public void A_value_that_may_be_secret_is_reported_by_its_kind_in_all_problems()
    {
        foreach (var schema in new[]
            {
                """{"not":{"type":"string"}}""", """{"oneOf":[{"type":"string"},{"minLength":1}]}""",
                """{"anyOf":[{"type":"integer"},{"type":"null"}]}""", """{"const":"a"}""", """{"maxLength":1}""",
                """{"anyOf":[{"type":"string","maxLength":1}]}""",
            })
        {
            var problems = SchemaCheck.Compile($$$"""{"type":"object","properties":{"x":{{{schema}}}}}""")
                .Check(TestRequest.Arguments("""{"x":"hunter2"}"""), showValues: false).Problems;
            Assert.Contains("a value of the kind 'string'", Assert.Single(problems));
            Assert.DoesNotContain("hunter2", problems[0]);
        }
    }
}
