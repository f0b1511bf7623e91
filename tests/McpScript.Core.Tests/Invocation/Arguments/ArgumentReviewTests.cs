using System.Text.Json;
using CsCheck;
using McpScript.Invocation.Arguments;

namespace McpScript.Core.Tests.Invocation.Arguments;

/// <summary>The verdict about all arguments of a call: problems in order, unknown ones, what is left out, what is written anew.</summary>
public class ArgumentReviewTests
{
    const string Two = """{"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"string"}},"required":["a"]}""";

    [Fact]
    public void Problems_come_in_the_order_of_the_schema_and_then_of_the_arguments_and_unknown_ones_last() => Assert.Equal(
        ["'a' is missing; it should be an integer.", "'b' should be a string, but the number 1 came.",
        "'c' is not an argument of this tool; it takes 'a', 'b'."],
        SchemaCheck.Check(Two, """{"c":1,"b":1}""").Problems);

    [Theory]
    [InlineData("""{"a":1}""", "a")]
    [InlineData("""{"a":1,"b":"x"}""", "a b")]
    [InlineData("""{"a":1.0,"b":"x"}""", "a b")]
    public void Arguments_that_fit_reach_the_tool(string arguments, string names)
    {
        var verdict = SchemaCheck.Check(Two, arguments);

        Assert.Empty(verdict.Problems);
        Assert.Empty(verdict.Ignored);
        Assert.Equal(names, string.Join(' ', (verdict.Changed ?? TestRequest.Arguments(arguments)).Keys));
        Assert.Equal("1", (verdict.Changed ?? TestRequest.Arguments(arguments))["a"].GetRawText());
    }

    [Theory]
    [InlineData(10, 10, null)]
    [InlineData(11, 11, "and 1 more")]
    [InlineData(15, 11, "and 5 more")]
    public void Ten_problems_are_reported_and_the_rest_is_counted(int wrong, int told, string? last)
    {
        string Members(string value) => string.Join(',', Enumerable.Range(0, wrong).Select(number => $"\"p{number:00}\":{value}"));
        var problems = SchemaCheck.Check(
            $$$"""{"type":"object","properties":{{{{Members("{\"type\":\"integer\"}")}}}}}""", $$"""{{{Members("\"a\"")}}}""").Problems;

        Assert.Equal(told, problems.Count);
        Assert.StartsWith("'p09'", problems[9]);
        if (last is not null)
            Assert.Equal(last, problems[^1]);
    }

    [Fact]
    public void No_arguments_are_an_empty_object()
    {
        Assert.Equal(["'a' is missing; it should be an integer."], SchemaCheck.Compile(Two).Check(null).Problems);
        Assert.Empty(SchemaCheck.Compile("""{"type":"object","minProperties":0}""").Check(null).Problems);
    }

    [Theory]
    [InlineData("""{"type":"object","properties":{"a":{}}}""", true)]
    [InlineData("""{"type":"object","properties":{"a":{}},"additionalProperties":false}""", true)]
    [InlineData("""{"type":"object"}""", true)]
    [InlineData("{}", true)]
    [InlineData("""{"type":"object","properties":{"a":{}},"additionalProperties":true}""", false)]
    [InlineData("""{"type":"object","properties":{"a":{}},"additionalProperties":{}}""", false)]
    [InlineData("""{"type":"object","patternProperties":{"^z":{}}}""", false)]
    [InlineData("""{"type":"object","allOf":[]}""", false)]
    [InlineData("""{"type":"object","anyOf":[{}]}""", false)]
    [InlineData("""{"type":"object","oneOf":[{}]}""", false)]
    [InlineData("""{"type":"object","$ref":"#/$defs/a"}""", false)]
    [InlineData("""{"type":"object","if":{}}""", false)]
    [InlineData("""{"type":"object","dependentSchemas":{}}""", false)]
    [InlineData("true", false)]
    public void A_schema_that_names_its_arguments_accepts_no_others_unless_it_says_so(string schema, bool closed)
    {
        var verdict = SchemaCheck.Check(schema, """{"b":1}""");

        Assert.Equal(closed ? 1 : 0, verdict.Problems.Count);
        if (closed)
            Assert.StartsWith("'b' is not an argument of this tool; it takes ", verdict.Problems[0]);
    }

    [Fact]
    public void Unknown_arguments_can_be_left_out_and_the_rest_is_compared()
    {
        var verdict = SchemaCheck.Check(Two, """{"x":1,"a":1.0,"y":{}}""", ignoreUnknown: true);
        Assert.Empty(verdict.Problems);
        Assert.Equal(("x y", "a", "1"), (string.Join(' ', verdict.Ignored), string.Join(' ', verdict.Changed!.Keys), verdict.Changed["a"].GetRawText()));

        verdict = SchemaCheck.Check(Two, """{"x":1,"a":"z"}""", ignoreUnknown: true);
        Assert.Equal("'a' should be an integer, but the string \"z\" came.", Assert.Single(verdict.Problems));
        Assert.Empty(verdict.Ignored);
        Assert.Null(verdict.Changed);
    }

    [Fact]
    public void An_argument_that_a_schema_forbids_is_an_unknown_one() => Assert.Equal(
        ["'b' is not an argument of this tool; it takes 'a', 'b'."], SchemaCheck.Check("""{"type":"object","properties":{"a":{},"b":false}}""",
        """{"a":1,"b":1}""").Problems);

    [Fact]
    public void A_long_name_of_an_unknown_argument_is_cut() => Assert.StartsWith(
        $"'{new string('n', 57)}...' is not an argument", Assert.Single(SchemaCheck.Check("""{"type":"object","properties":{"a":{}}}""",
            $$"""{"{{new string('n', 100)}}":1}""").Problems));

    [Fact]
    public void Arguments_that_are_nested_too_deeply_are_refused()
    {
        const string Nested = """{"type":"object","properties":{"x":{"type":"object","properties":{"n":{"$ref":"#/properties/x"}}}}}""";
        var fits = string.Concat(Enumerable.Repeat("{\"n\":", 100)) + "{}" + new string('}', 100);
        var deep = string.Concat(Enumerable.Repeat("{\"n\":", 260)) + "{}" + new string('}', 260);

        Assert.Empty(SchemaCheck.Compile(Nested).Check(new Dictionary<string, JsonElement>
        {
            ["x"] = JsonElement.Parse(fits,
            new() { MaxDepth = 1000 })
        }).Problems);
        Assert.Equal("The arguments are nested too deeply, or the tool's schema has too many alternatives, to be compared.",
            Assert.Single(SchemaCheck.Compile(Nested).Check(new Dictionary<string, JsonElement>
            {
                ["x"] = JsonElement.Parse(deep,
                new() { MaxDepth = 1000 })
            }).Problems));
    }

    [Fact]
    public void A_schema_that_no_value_fits_is_reported_without_a_location() =>
        Assert.Equal(["'arguments' should be absent, but the object {} came."], SchemaCheck.Compile("false").Check(null).Problems);

    [Theory]
    [InlineData("""{"x":1.0,"list":[2.0,null,"a"],"map":{"k":3e0},"free":4.0}""", """1|[2,null,"a"]|{"k":3}|4.0""")]
    [InlineData("""{"x":1,"list":[1],"map":{},"free":{"a":null,"b":1.0}}""", null)]
    [InlineData("""{"x":1e0,"list":[],"map":{"k":null},"free":[null,1.0]}""", "1|[]|{}|[null,1.0]")]
    public void Integers_are_written_in_plain_digits_wherever_a_schema_requires_them(string arguments, string? values)
    {
        const string Schema = """
            {"type":"object","properties":{"x":{"type":"integer"},
            "list":{"prefixItems":[{"anyOf":[{"type":"integer"},{"type":"string"}]}],"items":{"type":["integer","null","string"]}},
            "map":{"patternProperties":{"^k":{"$ref":"#/properties/x"}}},"free":{}}}
            """;
        var verdict = SchemaCheck.Check(Schema, arguments);

        Assert.Empty(verdict.Problems);
        Assert.Equal(values, verdict.Changed is null ? null : string.Join('|', verdict.Changed.Values.Select(value => value.GetRawText())));
    }

    [Theory]
    [InlineData("""{"oneOf":[{"type":"integer"},{"type":"string"}]}""", "7")]
    [InlineData("""{"allOf":[{"type":"integer"}]}""", "7")]
    [InlineData("""{"if":{"minimum":5},"then":{"type":"integer"}}""", "7")]
    [InlineData("""{"if":{"minimum":9},"then":{},"else":{"type":"integer"}}""", "7")]
    [InlineData("""{"if":{"type":"integer"}}""", "7")]
    [InlineData("""{"$ref":"#/$defs/n"}""", "7")]
    [InlineData("""{"anyOf":[{"allOf":[{"type":"integer"}]},{"type":"string"}]}""", "7")]
    [InlineData("""{"anyOf":[{"type":"number"},{"type":"string"}]}""", "7.0")]
    [InlineData("""{"type":["integer","number"]}""", "7.0")]
    [InlineData("""{"oneOf":[{"type":"integer","maximum":5},{"type":"number","minimum":6}]}""", "7.0")]
    public void Only_schemas_that_apply_decide_about_an_integer(string schema, string written)
    {
        var verdict = SchemaCheck.Check(
            $$$$"""{"type":"object","properties":{"x":{{{{schema}}}},"y":{"type":"integer"}},"$defs":{"n":{"type":"integer"}}}""", """{"x":7.0,"y":1.0}""");

        Assert.Empty(verdict.Problems);
        Assert.Equal((written, "1"), (verdict.Changed!["x"].GetRawText(), verdict.Changed["y"].GetRawText()));
    }

    [Fact]
    public void A_dependent_schema_holds_for_objects_that_have_the_member()
    {
        const string Schema = """
            {"type":"object","properties":{"x":{"dependentSchemas":{"a":{"properties":{"n":{"type":"integer"}}},"b":{"properties":{"n":{"type":"string"}}}}}}}
            """;

        Assert.Equal("""{"a":1,"n":7}""", SchemaCheck.Check(Schema, """{"x":{"a":1,"n":7.0}}""").Changed!["x"].GetRawText());
    }

    [Fact]
    public void A_number_beyond_all_types_is_left_unchanged() => Assert.Equal("1e99", SchemaCheck.Check(Two, """{"a":1e99}""").Changed!["a"].GetRawText());

    [Fact]
    public void The_quick_check_never_passes_what_the_full_one_refuses() => Gen.Select(Gen.OneOf(Schemas), Arguments).Sample((schema, arguments) =>
    {
        var compiled = SchemaCheck.Compile(schema);
        var given = TestRequest.Arguments(arguments);
        var root = new SchemaCompiler(JsonElement.Parse(schema), null).Compile(new Dictionary<string, Type>());

        var verdict = new ArgumentReview(root, isClosed: !schema.Contains("additionalProperties\":true"), showValues: true, ignoreUnknown: false).Of(given);

        if (compiled.FitsAsItCame(given))
            Assert.True(verdict is { Problems.Count: 0, Changed: null }, arguments);
        Assert.Equal(verdict.Problems, compiled.Check(given).Problems);
        Assert.Equal(verdict.Changed is null, compiled.Check(given).Changed is null);
    }, iter: 1_000);

    [Theory]
    [InlineData("""{"a":1}""", true)]
    [InlineData("""{"a":1,"b":"x"}""", true)]
    [InlineData("""{"a":1.0}""", false)]
    [InlineData("""{"a":1,"b":null}""", false)]
    [InlineData("""{"b":"x"}""", false)]
    [InlineData("{}", false)]
    [InlineData("""{"a":1,"c":1}""", false)]
    public void The_quick_check_decides_nearly_every_call(string arguments, bool fits)
    {
        Assert.Equal(fits, SchemaCheck.Compile(Two).FitsAsItCame(TestRequest.Arguments(arguments)));
        Assert.False(SchemaCheck.Compile(Two).FitsAsItCame(null));
        Assert.True(SchemaCheck.Compile("""{"type":"object","properties":{"a":{}}}""").FitsAsItCame(null));
        Assert.True(SchemaCheck.Compile("""{"type":"object","properties":{"a":{}},"additionalProperties":true}""")
            .FitsAsItCame(TestRequest.Arguments("""{"z":1}""")));
        Assert.False(SchemaCheck.Compile("""{"type":"object","properties":{"a":{}},"anyOf":[{}]}""").FitsAsItCame(TestRequest.Arguments("""{"a":1}""")));
    }

    static readonly string[] Schemas =
    [
        Two, """{"type":"object","properties":{"a":{"type":"integer","minimum":2},"b":{"enum":["x",1]}},"additionalProperties":false}""",
        """{"type":"object","properties":{"a":{"properties":{"b":{"type":"integer"}},"required":["b"]}},"required":["b"],"additionalProperties":true}""",
        """{"type":"object","properties":{"a":{"anyOf":[{"type":"integer"},{"type":"array","items":{"type":"integer"}}]},"b":false}}""",
        """{"type":"object","properties":{"a":{},"b":{}},"minProperties":1}""",
    ];

    static readonly Gen<string> Arguments = Gen.Select(Gen.OneOf("a", "b", "c"), Gen.OneOf("1", "1.0", "2", "\"x\"", "null", "{\"b\":1}",
        "{\"b\":null}", "[1,2.0]", "[\"x\"]")).List[0, 3]
        .Select(members => $"{{{string.Join(',', members.DistinctBy(member => member.Item1).Select(member => $"\"{member.Item1}\":{member.Item2}"))}}}");
}
