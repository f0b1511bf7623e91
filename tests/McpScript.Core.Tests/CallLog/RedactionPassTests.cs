using System.Text.Json;
using McpScript.CallLog;

namespace McpScript.Core.Tests.CallLog;

/// <summary>Reduction of a call for the log: long values are cut and marked, short and plain ones are not copied.</summary>
public class RedactionPassTests
{
    const int Most = 50_000, Text = 500, Name = 128, Result = 60_000;

    [Fact]
    public void A_plain_call_is_not_copied()
    {
        var call = Some.ToolCall(parameters: """{"a":"text","b":[1,2.50,{"c":null,"d":true}],"e":{},"f":"größe"}""");

        Assert.True(call.Params == Redaction.Default.Apply(call).Params);
    }

    [Theory]
    [InlineData("\"{0}\"", Text - 2, true)]
    [InlineData("\"{0}\"", Text - 1, false)]
    [InlineData("1{0}", Text - 1, true)]
    [InlineData("1{0}", Text, false)]
    [InlineData("[\"{0}\"]", Text - 2, true)]
    [InlineData("[[\"{0}\"]]", Text - 1, false)]
    [InlineData("{{\"a\":\"{0}\"}}", Text - 2, true)]
    [InlineData("{{\"a\":\"{0}\"}}", Text - 1, false)]
    [InlineData("{{\"{0}\":1}}", Name, true)]
    [InlineData("{{\"{0}\":1}}", Name + 1, false)]
    public void Values_are_plain_up_to_their_longest(string shape, int length, bool plain) =>
        Assert.Equal(plain, IsPlain($$"""{"x":{{string.Format(shape, new string('0', length))}}}"""));

    [Theory]
    [InlineData("""{"x":"a\\b"}""")]
    [InlineData("""{"x":"\u0061"}""")]
    [InlineData("""{"x":"it's"}""")]
    [InlineData("""{"x":["it's"]}""")]
    [InlineData("""{"x":{"a\\b":1}}""")]
    [InlineData("""{"x":{"password":1}}""")]
    [InlineData("""{"x":[{"password":1}]}""")]
    [InlineData("""{"password":"x"}""")]
    public void A_value_that_may_be_or_contain_a_secret_is_checked_in_full(string parameters) => Assert.False(IsPlain(parameters));

    [Theory]
    [InlineData(Name, true)]
    [InlineData(Name + 1, false)]
    public void A_long_name_is_checked_in_full(int length, bool plain) => Assert.Equal(plain, IsPlain($$"""{"{{new string('n', length)}}":1}"""));

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void Many_short_parameters_together_are_checked_in_full(int more, bool plain)
    {
        // Each has a name of one letter and a text of 99 with its quotes.
        var parameters = Enumerable.Range(0, Most / 100).Select(_ => ("n", new string('x', 97))).ToList();
        parameters[0] = ("n", new string('x', 97 + more));
        var call = Call(parameters);

        Assert.Equal(plain, call.Params == Redaction.Default.Apply(call).Params);
    }

    [Fact]
    public void Shapes_and_unlocking_calls_are_checked_in_full()
    {
        Assert.Equal("\"string(2)\"", new Redaction(shapesOnly: true).Apply(Some.ToolCall()).Params[0].Value.GetRawText());
        Assert.Equal("[redacted]", Redaction.Default.Apply(Some.ToolCall("gate_unlock", """{"x":"503302"}""")).Params[0].Value.GetString());
    }

    [Theory]
    [InlineData(Text, "")]
    [InlineData(Text + 1, "...")]
    [InlineData(Text + 5_000, "...")]
    public void A_long_text_is_cut_where_it_stands(int length, string end)
    {
        var value = First($$$"""{"x":{"y":["{{{new string('x', length)}}}",1]}}""");

        Assert.Equal($$"""{"y":["{{new string('x', Text)}}{{end}}",1]}""", value.GetRawText());
    }

    [Theory]
    [InlineData(10, "")]
    [InlineData(11, "...")]
    [InlineData(1_000, "...")]
    public void A_text_that_a_mark_shortened_says_so_if_more_of_it_is_missing(int more, string end)
    {
        // 2,000 characters are scanned; the secret takes 1,990 of them.
        var secret = new string('s', 1_990);
        var call = Redaction.Default.Apply(Some.ToolCall(parameters: $$"""{"token":"{{secret}}","x":"{{secret}}{{new string('y', more)}}"}"""));

        Assert.Equal($"[redacted]yyyyyyyyyy{end}", call.Params[1].Value.GetString());
    }

    [Fact]
    public void A_secret_where_a_long_text_is_cut_off_is_masked_though_it_is_not_whole()
    {
        var secret = new string('s', 1_990);
        var parameters = $$"""{"token":"{{secret}}","password":"hunter2-hunter2","x":"{{secret}} hunter2-hunter2"}""";

        var call = Redaction.Default.Apply(Some.ToolCall(parameters: parameters));

        Assert.Equal("[redacted] [redacted]...", call.Params[2].Value.GetString());
    }

    [Fact]
    public void A_long_number_becomes_a_text_that_is_cut()
    {
        Assert.Equal($"\"{new string('7', Text)}...\"", First($$"""{"x":{{new string('7', Text + 1)}}}""").GetRawText());
        Assert.Equal(new string('7', Text), First($$"""{"x":{{new string('7', Text)}},"y":"'"}""").GetRawText());
    }

    [Fact]
    public void Long_names_are_cut_at_every_depth()
    {
        var (name, cut) = (new string('n', Name + 1), new string('n', Name) + "...");
        var call = Redaction.Default.Apply(Some.ToolCall(name, $$$"""{"{{{name}}}":{"{{{name}}}":1}}"""));

        Assert.Equal((cut, cut, $$"""{"{{cut}}":1}"""), (call.Tool, call.Params[0].Key, call.Params[0].Value.GetRawText()));
    }

    [Fact]
    public void Missing_values_are_written_as_null()
    {
        var call = Some.ToolCall() with { Params = [new("none", default), new("long", JsonElement.Parse("\"'\""))] };

        Assert.Equal(["null", "\"\\u0027\""], Redaction.Default.Apply(call).Params.Select(pair => pair.Value.GetRawText()));
        Assert.Equal("\"null\"", new Redaction(shapesOnly: true).Apply(call).Params[0].Value.GetRawText());
    }

    [Theory]
    [InlineData(0, 100)]
    [InlineData(2, 100)]
    [InlineData(3, 101)]
    public void After_the_most_of_all_parameters_the_rest_is_counted(int less, int written)
    {
        // Each takes 500 of the 50,000: its name and one, its text.
        var parameters = Enumerable.Range(0, 130).Select(_ => ("n", new string('x', 498))).ToList();
        parameters[10] = ("n", new string('x', 498 - less));

        var result = Redaction.Default.Apply(Call(parameters)).Params;

        Assert.Equal(written + 1, result.Length);
        Assert.Equal(("...", $"{130 - written} more"), (result[^1].Key, result[^1].Value.GetString()));
    }

    [Fact]
    public void A_long_array_ends_with_the_mark()
    {
        var items = First($$"""{"x":[{{string.Join(',', Enumerable.Repeat("1", Most))}}]}""").EnumerateArray().ToList();

        // The name takes 2, each item 2: one for itself, one for its digit.
        Assert.Equal(Most / 2, items.Count);
        Assert.Equal("...", items[^1].GetString());
        Assert.Equal(1, items[^2].GetInt32());
    }

    [Fact]
    public void A_large_object_ends_with_the_mark()
    {
        var members = First($$$"""{"x":{{{{string.Join(',', Enumerable.Range(10_000, 20_000).Select(number => $"\"{number}\":1"))}}}}}""")
            .EnumerateObject().ToList();

        // The name takes 2, each member 7: its name and one, and one for its digit.
        Assert.Equal((Most - 2) / 7 + 1, members.Count);
        Assert.Equal(("...", "..."), (members[^1].Name, members[^1].Value.GetString()));
    }

    [Fact]
    public void A_result_is_cut_and_keeps_its_full_length()
    {
        var call = Redaction.Default.Apply(Some.ToolCall(result: new string('r', Result + 1)));
        Assert.Equal((Result, Result + 1), (call.Result.Length, call.ResultLength));

        var cut = Redaction.Default.Apply(Some.ToolCall(result: "beginning") with { ResultLength = 100 });
        Assert.Equal(("beginning", 100), (cut.Result, cut.ResultLength));
    }

    [Fact]
    public void A_masked_secret_changes_the_length_of_a_result_by_the_length_of_its_mark()
    {
        var call = Redaction.Default.Apply(Some.ToolCall(parameters: """{"password":"a secret of 25 characters"}""",
            result: "It is a secret of 25 characters!") with
        { ResultLength = 132 });

        Assert.Equal(("It is [redacted]!", 132 - 25 + 10), (call.Result, call.ResultLength));
    }

    [Fact]
    public void The_shape_of_a_result_is_its_whole_length()
    {
        var call = new Redaction(shapesOnly: true).Apply(Some.ToolCall(result: "cut") with { ResultLength = 1234 });

        Assert.Equal(("string(1234)", 12), (call.Result, call.ResultLength));
    }

    static JsonElement First(string parameters) => Redaction.Default.Apply(Some.ToolCall(parameters: parameters)).Params[0].Value;

    static bool IsPlain(string parameters)
    {
        var call = Some.ToolCall(parameters: parameters);
        return call.Params == Redaction.Default.Apply(call).Params;
    }

    static ToolCall Call(IEnumerable<(string Name, string Text)> parameters) => Some.ToolCall() with
    {
        Params = [.. parameters.Select(one => KeyValuePair.Create(one.Name, JsonSerializer.SerializeToElement(one.Text)))],
    };
}
