using System.Text.Json;
using McpScript.Invocation.Arguments;

namespace McpScript.Core.Tests.Invocation.Arguments;

/// <summary>Each keyword of a schema is compared; a problem names the place and what fits there; no schema and no value delays the comparison.</summary>
public class ArgumentSchemaTests
{
    [Theory, Trait("Fault", "A10"), Trait("Fault", "B-F7")]
    [InlineData("""{"minimum":1,"maximum":10,"type":"integer"}""", "50", "'x' should be an integer from 1 to 10, but the number 50 came.")]
    [InlineData("""{"exclusiveMinimum":0,"type":"number"}""", "0", "'x' should be a number greater than 0, but the number 0 came.")]
    [InlineData("""{"minimum":1,"exclusiveMaximum":2,"type":"number"}""", "2", "'x' should be a number of at least 1 and less than 2, but the number 2 came.")]
    [InlineData("""{"multipleOf":0.1,"type":"number"}""", "0.25", "'x' should be a number that is a multiple of 0.1, but the number 0.25 came.")]
    [InlineData("""{"type":"string","minLength":2,"maxLength":5}""", "\"abcdefghi\"",
        "'x' should be a string of 2 to 5 characters, but the string \"abcdefghi\" came.")]
    [InlineData("""{"type":"string","maxLength":1}""", "\"ab\"", "'x' should be a string of at most 1 character, but the string \"ab\" came.")]
    [InlineData("""{"type":"string","pattern":"^[a-z]+$"}""", "\"123\"", "'x' should be a string that matches ^[a-z]+$, but the string \"123\" came.")]
    [InlineData("""{"type":"string","pattern":"^[a-z]+$"}""", "\"abc\\n\"", "'x' should be a string that matches ^[a-z]+$, but the string \"abc\\n\" came.")]
    [InlineData("""{"const":"on"}""", "\"off\"", "'x' should be \"on\", but the string \"off\" came.")]
    [InlineData("""{"enum":["on",1,null]}""", "2", "'x' should be one of \"on\", 1, null, but the number 2 came.")]
    [InlineData("""{"type":"array","minItems":2}""", "[1]", "'x' should have at least 2 items, but 1 came.")]
    [InlineData("""{"type":"array","minItems":1,"maxItems":2}""", "[1,2,3]", "'x' should have 1 to 2 items, but 3 came.")]
    [InlineData("""{"type":"array","uniqueItems":true}""", "[{\"a\":1},{\"a\":1.0}]", "'x' should not have the same item twice.")]
    [InlineData("""{"type":"array","prefixItems":[{"type":"string"}],"items":false}""", "[\"a\",1]", "'x[1]' should be absent, but the number 1 came.")]
    [InlineData("""{"type":"array","contains":{"type":"string"}}""", "[1]", "'x' should contain at least 1 item of the kind 'a string', but 0 came.")]
    [InlineData("""{"type":"object","dependentRequired":{"card":["owner"]}}""", """{"card":1}""", "'x.owner' is missing (it belongs to 'x.card').")]
    [InlineData("""{"type":"object","properties":{"a":{}},"additionalProperties":false}""", """{"b":1}""", "'x.b' is not expected there.")]
    [InlineData("""{"type":"object","additionalProperties":{"type":"integer"}}""", """{"b":"1"}""", "'x.b' should be an integer, but the string \"1\" came.")]
    [InlineData(
        """{"type":"object","patternProperties":{"^n":{"type":"integer"}}}""", """{"nn":"1"}""", "'x.nn' should be an integer, but the string \"1\" came.")]
    [InlineData("""{"type":"object","propertyNames":{"pattern":"^[a-z]+$"}}""", """{"B":1}""", "'x.B' has a name that is not allowed there; it should be")]
    [InlineData("""{"type":"object","maxProperties":1}""", """{"a":1,"b":2}""", "'x' should have at most 1 member, but 2 came.")]
    [InlineData("""{"anyOf":[{"type":"integer"},{"type":"boolean"}]}""", "\"a\"", "'x' should be an integer or a boolean, but the string \"a\" came.")]
    [InlineData("""{"oneOf":[{"type":"integer"},{"type":"number"}]}""", "1", "'x' should fit one of its forms only, but the number 1 fits 2.")]
    [InlineData("""{"not":{"type":"string"}}""", "\"a\"", "'x' should not be a string, but the string \"a\" came.")]
    [InlineData("""{"allOf":[{"type":"integer"},{"maximum":3}]}""", "4", "'x' should be")]
    [InlineData("""{"if":{"type":"string"},"then":{"maxLength":1}}""", "\"ab\"", "'x' should be")]
    [InlineData("""{"$ref":"#/$defs/item"}""", """{"nam":"b"}""", "'x.name' is missing; it should be a string.")]
    [InlineData("""{"$ref":"#thing"}""", "1", "'x' should be a boolean, but the number 1 came.")]
    [InlineData("""{"type":"array","items":{"$ref":"#/$defs/item"}}""", """[{"name":"a","children":[{"nam":"b"}]}]""",
        "'x[0].children[0].name' is missing; it should be a string.")]
    public void A_keyword_that_a_schema_lists_holds(string schema, string value, string problem)
    {
        var told = Problems(schema, value);

        Assert.Contains(problem, Assert.Single(told));
    }

    [Theory, Trait("Fault", "A10"), Trait("Fault", "B-F7")]
    [InlineData("""{"minimum":1,"maximum":10,"type":"integer"}""", "10")]
    [InlineData("""{"multipleOf":0.1}""", "0.3")]
    [InlineData("""{"type":"string","maxLength":2}""", "\"\\uD83D\\uDE00é\"")]
    [InlineData("""{"type":"string","pattern":"^[$]a$"}""", "\"$a\"")]
    [InlineData("""{"const":{"a":[1]}}""", """{"a":[1.0]}""")]
    [InlineData("""{"type":"array","uniqueItems":true}""", "[1,\"1\",[1],{\"a\":1},null]")]
    [InlineData("""{"type":"array","contains":{"type":"string"},"minContains":0}""", "[1]")]
    [InlineData("""{"anyOf":[{"type":"integer"},{"type":"string"}]}""", "\"a\"")]
    [InlineData("""{"if":{"type":"string"},"then":{"maxLength":1},"else":{"minimum":3}}""", "4")]
    [InlineData("""{"$ref":"#/$defs/item"}""", """{"name":"a","children":[{"name":"b"}]}""")]
    [InlineData("""{"$ref":"#/$defs/nowhere"}""", "1")]
    [InlineData("""{"$ref":"https://example.com/schema"}""", "1")]
    [InlineData("""{"pattern":"(?<broken"}""", "\"a\"")]
    [InlineData("true", "1")]
    public void A_value_within_them_passes(string schema, string value) => Assert.Empty(Problems(schema, value));

    [Theory, Trait("Fault", "B-F6")]
    [InlineData("date-time", "\"2026-11-28T17:00:00Z\"", "\"yesterday\"")]
    [InlineData("date", "\"2026-11-28\"", "\"28.11.2026\"")]
    [InlineData("time", "\"17:00:00Z\"", "\"5 pm\"")]
    [InlineData("uuid", "\"6f9619ff-8b86-d011-b42d-00c04fc964ff\"", "\"x\"")]
    [InlineData("uri", "\"https://example.com/a\"", "\"http://[bad\"")]
    [InlineData("email", "\"ada@example.com\"", "\"ada\"")]
    [InlineData("ipv4", "\"192.0.2.1\"", "\"192.0.2\"")]
    [InlineData("ipv6", "\"2001:db8::1\"", "\"192.0.2.1\"")]
    public void A_format_of_a_schema_that_was_written_by_hand_holds(string format, string good, string bad)
    {
        Assert.Empty(Problems($$"""{"type":"string","format":"{{format}}"}""", good));
        Assert.Contains("'x' should be a", Assert.Single(Problems($$"""{"type":"string","format":"{{format}}"}""", bad)));
    }

    [Theory, Trait("Fault", "B-F5"), Trait("Fault", "A9")]
    [InlineData("1.0", "1")]
    [InlineData("1e2", "100")]
    [InlineData("-1.50e1", "-15")]
    [InlineData("2147483647.0", "2147483647")]
    [InlineData("-0.0", "0")]
    [InlineData("0e5", "0")]
    [InlineData("1200e-2", "12")]
    public void An_integer_in_any_notation_is_valid_and_reaches_the_tool_in_plain_digits(string written, string plain)
    {
        const string Schema = """
            {"type":"object","properties":{"x":{"type":"integer"},"list":{"type":"array","items":{"type":["integer","null"]}},
            "deep":{"anyOf":[{"type":"object","properties":{"n":{"$ref":"#/properties/x"}}},{"type":"string"}]},"real":{"type":"number"}}}
            """;
        var verdict = ArgumentSchema.Compile(Json(Schema)).Check(Arguments("""{"x":#,"list":[#,null,7],"deep":{"n":#},"real":#}""".Replace("#", written)));

        Assert.Empty(verdict.Problems);
        Assert.Equal($"{plain}|[{plain},null,7]|{{\"n\":{plain}}}|{written}", string.Join('|', verdict.Changed!.Values.Select(value => value.GetRawText())));
    }

    [Theory, InlineData("1.5"), InlineData("1e-1"), InlineData("12345678901234567890.5"), Trait("Fault", "B-F5")]
    public void A_fraction_is_no_integer(string written) => Assert.Contains("should be an integer", Assert.Single(Problems("""{"type":"integer"}""", written)));

    [Fact, Trait("Fault", "B-F5")]
    public void A_number_of_a_billion_digits_is_not_written_out() => Assert.Empty(Problems("""{"type":"integer"}""", "1e999999999"));

    [Fact, Trait("Fault", "B-F7")]
    public void Null_for_an_optional_argument_or_member_counts_as_absent_and_for_a_required_one_it_is_a_problem()
    {
        const string Schema = """
            {"type":"object","required":["a"],"properties":{"a":{"type":"string"},"b":{"type":"number","default":1.5},"c":{"type":["string","null"]},
            "d":{"type":"object","required":["e"],"properties":{"e":{"type":"integer"},"f":{"type":"integer"}}}}}
            """;
        var schema = ArgumentSchema.Compile(Json(Schema));

        var verdict = schema.Check(Arguments("""{"a":"x","b":null,"c":null,"d":{"e":1,"f":null}}"""));
        Assert.Empty(verdict.Problems);
        Assert.Equal("a c d", string.Join(' ', verdict.Changed!.Keys));
        Assert.Equal("""{"e":1}""", verdict.Changed["d"].GetRawText());
        Assert.Equal(["'a' should be a string, but null came.", "'d.e' should be an integer, but null came."],
            schema.Check(Arguments("""{"a":null,"d":{"e":null}}""")).Problems);
    }

    [Fact]
    public void Unknown_arguments_are_problems_or_left_out_and_never_both()
    {
        var schema = ArgumentSchema.Compile(Json("""{"type":"object","properties":{"a":{"type":"string"}}}"""));

        Assert.Equal("'b' is not an argument of this tool; it takes 'a'.", Assert.Single(schema.Check(Arguments("""{"a":"x","b":1}""")).Problems));
        var verdict = schema.Check(Arguments("""{"a":"x","b":1}"""), ignoreUnknown: true);
        Assert.Empty(verdict.Problems);
        Assert.Equal(["a"], verdict.Changed!.Keys);
        Assert.Equal(["b"], verdict.Ignored);
    }

    [Fact, Trait("Fault", "B-F7")]
    public void A_pattern_that_backtracks_endlessly_and_self_referencing_schemas_terminate()
    {
        var evil = new string('a', 20_000) + "!";
        Assert.Single(Problems("""{"pattern":"^(a+)+$"}""", $"\"{evil}\""));
        // Back references need the backtracking engine; there the time-out decides.
        Assert.Single(Problems("""{"pattern":"^((a+)+)\\1$"}""", $"\"{evil}\""));
        Assert.Empty(Problems("""{"$ref":"#/properties/x"}""", "1"));
        Assert.Empty(Problems("""{"anyOf":[{"$ref":"#/properties/x"},{"$ref":"#/properties/x"}]}""", "1"));
        Assert.Empty(Problems("""{"$ref":"#/$defs/a"}""", "1"));
    }

    [Fact, Trait("Fault", "B-F7")]
    public void Ten_problems_are_reported_the_rest_is_counted_and_long_names_and_values_are_cut()
    {
        var many = Problems("""{"type":"array","items":{"type":"integer"}}""", $"[{string.Join(',', Enumerable.Repeat("\"x\"", 500))}]");
        Assert.Equal(11, many.Count);
        Assert.StartsWith("and ", many[^1]);
        var name = new string('n', 100_000);
        var told = ArgumentSchema.Compile(Json("""{"type":"object","properties":{"a":{"type":"integer"}}}"""))
            .Check(Arguments($$"""{"{{name}}":1,"a":"{{name}}"}""")).Problems;
        Assert.All(told, problem => Assert.InRange(problem.Length, 10, 300));
    }

    [Fact]
    public void A_value_that_may_be_a_secret_is_reported_by_its_kind_only()
    {
        var told = ArgumentSchema.Compile(Json("""{"type":"object","properties":{"code":{"type":"string","pattern":"^[0-9]{6}$"}}}"""))
            .Check(Arguments("""{"code":"hunter2"}"""), showValues: false);

        Assert.Equal("'code' should be a string that matches ^[0-9]{6}$, but a value of the kind 'string' came.", Assert.Single(told.Problems));
    }

    static IReadOnlyList<string> Problems(string schema, string value)
    {
        var root = """
            {"type":"object","properties":{"x":SCHEMA},"$defs":{"a":{"$ref":"#/$defs/b"},"b":{"allOf":[{"$ref":"#/$defs/a"}]},
            "flag":{"$anchor":"thing","type":"boolean"},
            "item":{"type":"object","required":["name"],"properties":{"name":{"type":"string"},"children":{"type":"array","items":{"$ref":"#/$defs/item"}}}}}}
            """.Replace("SCHEMA", schema);
        return ArgumentSchema.Compile(Json(root)).Check(Arguments($$"""{"x":{{value}}}""")).Problems;
    }

    static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    static Dictionary<string, JsonElement> Arguments(string text) => Json(text).EnumerateObject().ToDictionary(member => member.Name, member => member.Value);
}
