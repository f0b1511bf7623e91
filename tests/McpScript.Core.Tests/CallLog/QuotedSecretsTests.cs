using McpScript.CallLog;

namespace McpScript.Core.Tests.CallLog;

/// <summary>Secrets in a text go by the names before them, in JSON and in JSON within JSON, escaped in any way and cut off anywhere.</summary>
public class QuotedSecretsTests
{
    [Theory]
    [InlineData("""{"password":"abc","n":1}""", """{"password":[redacted],"n":1}""")]
    [InlineData("""{"password":"","n":1}""", """{"password":[redacted],"n":1}""")]
    [InlineData("""{"n":1,"password":"abc"}""", """{"n":1,"password":[redacted]}""")]
    [InlineData("""{"password":"a\"b","token":"c"}""", """{"password":[redacted],"token":[redacted]}""")]
    [InlineData("""{"password":"abc\\","token":"def\\\\","n":"x"}""", """{"password":[redacted],"token":[redacted],"n":"x"}""")]
    [InlineData("""{"password":"a\\\"b","n":1}""", """{"password":[redacted],"n":1}""")]
    [InlineData("""{"a":{"b":[{"token":"x"},{"token":"y"}]}}""", """{"a":{"b":[{"token":[redacted]},{"token":[redacted]}]}}""")]
    [InlineData("""{'password':'it\'s',"n":1}""", """{'password':[redacted],"n":1}""")]
    public void The_text_after_a_secret_name_is_masked(string text, string masked) => Assert.Equal(masked, Mask(text));

    [Theory]
    [InlineData("""{"user's password":"abc","n":1}""", """{"user's password":[redacted],"n":1}""")]
    [InlineData("""{"user\u0027s password":"abc"}""", """{"user\u0027s password":[redacted]}""")]
    [InlineData("""{"\"my\" token":"abc"}""", """{"\"my\" token":[redacted]}""")]
    [InlineData("""{"token\"s":"abc"}""", """{"token\"s":[redacted]}""")]
    [InlineData("""{"token\\s":"abc"}""", """{"token\\s":[redacted]}""")]
    [InlineData("""{'the "token"':'abc'}""", """{'the "token"':[redacted]}""")]
    [InlineData("""{"pass\u0077ord":"abc"}""", """{"pass\u0077ord":[redacted]}""")]
    [InlineData("""{"größe token":"abc","gr\u00F6\u00dfe":"abc"}""", """{"größe token":[redacted],"gr\u00F6\u00dfe":"abc"}""")]
    public void A_name_may_hold_quotes_and_escapes(string text, string masked) => Assert.Equal(masked, Mask(text));

    [Fact]
    public void A_name_is_compared_as_it_reads_and_not_as_it_is_escaped() =>
        Assert.Equal("""{"Schl\u00FCssel":[redacted]}""", QuotedSecrets.Mask("""{"Schl\u00FCssel":"abc"}""", new Redaction(["schlüssel"]).Hides));

    [Theory]
    [InlineData("""{\"password\":\"abc\",\"n\":1}""", """{\"password\":[redacted],\"n\":1}""")]
    [InlineData("""{\"password\":\"a\\\"b\\\\\",\"n\":1}""", """{\"password\":[redacted],\"n\":1}""")]
    [InlineData("""{\u0022password\u0022:\u0022a\\u0022b\u0022,\u0022n\u0022:1}""", """{\u0022password\u0022:[redacted],\u0022n\u0022:1}""")]
    [InlineData(
        """{\\u0022password\\u0022:\\u0022a\\\\u0022b\\\\\\\\\\u0022,\\u0022n\\u0022:1}""", """{\\u0022password\\u0022:[redacted],\\u0022n\\u0022:1}""")]
    [InlineData("""{\\\"password\\\":\\\"a\\\\\\\"b\\\\\\\\\\\",\\\"n\\\":1}""", """{\\\"password\\\":[redacted],\\\"n\\\":1}""")]
    [InlineData("""{\u0027password\u0027:\u0027abc\u0027,\u0027n\u0027:1}""", """{\u0027password\u0027:[redacted],\u0027n\u0027:1}""")]
    public void JSON_within_JSON_is_searched_with_any_number_of_escapes(string text, string masked)
    {
        Assert.Equal(masked, Mask(text));
        Assert.Equal($$"""{"body":"{{masked}}","a":"b"}""", Mask($$"""{"body":"{{text}}","a":"b"}"""));
    }

    [Theory]
    [InlineData("12345,", "[redacted],")]
    [InlineData("12345}", "[redacted]}")]
    [InlineData("12345]", "[redacted]]")]
    [InlineData("12345 x", "[redacted] x")]
    [InlineData("12345\tx", "[redacted]\tx")]
    [InlineData("12345\nx", "[redacted]\nx")]
    [InlineData("12345\rx", "[redacted]\rx")]
    [InlineData("-1.5e3", "[redacted]")]
    [InlineData("null,\"n\":1", "[redacted],\"n\":1")]
    [InlineData("", "[redacted]")]
    public void A_value_without_quotes_ends_before_what_may_follow_it(string value, string masked) =>
        Assert.Equal($"\"token\":{masked}", Mask($"\"token\":{value}"));

    [Theory]
    [InlineData("""["a","b"],"n":1""", ""","n":1""")]
    [InlineData("""{"a":"}","b":["]"]},"n":1""", ""","n":1""")]
    [InlineData("""[[1],[2,{}]],"n":1""", ""","n":1""")]
    [InlineData("""{"a":"x\"}"},"n":1""", ""","n":1""")]
    [InlineData("""{\"a\":\"}\"},\"n\":1""", """,\"n\":1""")]
    [InlineData("""{"a":{"b":1""", "")]
    [InlineData("""["abc""", "")]
    [InlineData("""{'a':'}'}, 'n':1""", """, 'n':1""")]
    public void A_list_or_object_is_masked_whole(string value, string rest) => Assert.Equal($"\"token\":[redacted]{rest}", Mask($"\"token\":{value}"));

    [Theory]
    [InlineData("\"password\":\"cut off in the mid", "\"password\":[redacted]")]
    [InlineData("\"password\":\"cut off\\", "\"password\":[redacted]")]
    [InlineData("\"password\":\"", "\"password\":[redacted]")]
    [InlineData("\"password\"", "\"password\"")]
    [InlineData("\"passwo", "\"passwo")]
    public void A_text_may_be_cut_off_anywhere(string text, string masked) => Assert.Equal(masked, Mask(text));

    [Theory]
    [InlineData("", "")]
    [InlineData(" ", "\t")]
    [InlineData("          ", "\r\n        ")]
    public void There_may_be_white_space_around_the_colon(string before, string after) =>
        Assert.Equal($"\"token\"{before}:{after}[redacted],", Mask($"\"token\"{before}:{after}\"abc\","));

    [Theory]
    [InlineData("""{"passage":"abc","n":"token"}""")]
    [InlineData("""{"n":"password","m":"token: abc"}""")]
    [InlineData("""password: "abc", 'n': "token" """)]
    [InlineData("no quotes at all")]
    [InlineData("")]
    public void Text_that_is_not_a_secret_is_left_unchanged(string text) => Assert.Same(text, Mask(text));

    [Fact]
    public void A_name_is_found_below_two_hundred_characters()
    {
        var name = "token" + new string('n', 194);

        Assert.Equal($"\"{name}\":[redacted]", Mask($"\"{name}\":\"abc\""));
        Assert.Equal($"\"{name}n\":\"abc\"", Mask($"\"{name}n\":\"abc\""));
    }

    [Fact]
    public void A_name_directly_after_a_broken_value_is_recognized() =>
        Assert.Equal("\"password\":[redacted]token\":[redacted]", Mask("\"password\":\"abc\\\" \"token\":\"def\""));

    static string Mask(string text) => QuotedSecrets.Mask(text, Redaction.Default.Hides);
}
