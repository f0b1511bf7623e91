using McpScript.CallLog;

namespace McpScript.Core.Tests.CallLog;

public class RedactionTests
{
    [Theory]
    [InlineData("password")]
    [InlineData("userPassword")]
    [InlineData("API-Key")]
    [InlineData("x_api_key")]
    [InlineData("ApiKey")]
    [InlineData("Authorization")]
    [InlineData("set-cookie")]
    [InlineData("db_credentials")]
    [InlineData("PRIVATE_KEY")]
    [InlineData("otp")]
    [InlineData("access-token")]
    public void A_secret_is_recognized_by_its_name(string name)
    {
        Assert.True(Redaction.Default.Hides(name));
        var call = Redaction.Default.Apply(Some.ToolCall(parameters: $$"""{"{{name}}":"hunter22"}"""));
        Assert.Equal("[redacted]", call.Params[0].Value.GetString());
    }

    [Theory]
    [InlineData("message")]
    [InlineData("code")]
    [InlineData("key")]
    [InlineData("pass")]
    public void Other_names_are_not_secrets(string name) => Assert.False(Redaction.Default.Hides(name));

    [Fact]
    public void A_secret_is_recognized_at_any_depth_and_of_any_type()
    {
        var call = Redaction.Default.Apply(Some.ToolCall(parameters: """
            {"login":{"user":"ann","headers":[{"Authorization":"Bearer abcdef"}],"secrets":["one-secret",{"a":"two-secret"}],"token":{"deep":12345678}}}
            """));
        Assert.Equal(
            """{"user":"ann","headers":[{"Authorization":"[redacted]"}],"secrets":"[redacted]","token":"[redacted]"}""",
            call.Params[0].Value.GetRawText());
    }

    [Fact]
    public void A_secret_is_not_in_the_result_either()
    {
        var call = Redaction.Default.Apply(Some.ToolCall(
            parameters: """{"url":"https://ann:hunter22@host","password":"hunter22","pin_token":778899,"quoted_secret":"a\"b\\c"}""",
            result: """Logged in with hunter22 and 778899 and a"b\c and {"x":"a\"b\\c"}."""));

        Assert.Equal("https://ann:[redacted]@host", call.Params[0].Value.GetString());
        Assert.Equal("""Logged in with [redacted] and [redacted] and [redacted] and {"x":"[redacted]"}.""", call.Result);
    }

    [Fact]
    public void Not_even_the_beginning_of_a_long_one_is_in_the_result()
    {
        var secret = string.Concat(Enumerable.Range(100, 100));
        var call = Redaction.Default.Apply(
            Some.ToolCall(parameters: $$"""{"token":"{{secret}}"}""", result: $"'token' should be a number, but the string \"{secret[..56]}... came."));

        Assert.DoesNotContain(secret[..20], call.Result);
        Assert.EndsWith("[redacted]... came.", call.Result);
    }

    [Theory]
    [InlineData("""{"user":"ann","password":"hunter22","n":1}""", """{"user":"ann","password":[redacted],"n":1}""")]
    [InlineData("""{"api_key" : 12345, "n":1}""", """{"api_key" : [redacted], "n":1}""")]
    [InlineData("""{"token":{"a":["}",1]},"n":1}""", """{"token":[redacted],"n":1}""")]
    [InlineData("""{'password': 'it is "so"', 'n': 1}""", """{'password': [redacted], 'n': 1}""")]
    [InlineData("""say {\"password\":\"a\\\"b\",\"n\":1}""", """say {\"password\":[redacted],\"n\":1}""")]
    [InlineData("""{"password":"cut off in the mid""", """{"password":[redacted]""")]
    [InlineData("""{"passage":"hunter22"}""", """{"passage":"hunter22"}""")]
    public void Secrets_in_a_JSON_result_are_recognized_by_their_names(string result, string expected) =>
        Assert.Equal(expected, Redaction.Default.Apply(Some.ToolCall(result: result)).Result);

    [Fact]
    public void JSON_in_a_parameter_is_searched_too()
    {
        var call = Redaction.Default.Apply(Some.ToolCall(parameters: """{"body":"{\"password\":\"hunter22\"}"}"""));
        Assert.Equal("""{"password":[redacted]}""", call.Params[0].Value.GetString());
    }

    [Theory]
    [InlineData("gate_unlock", """{"group":"shell","code":"503302"}""")]
    [InlineData("gate_unlock", """{"group":"shell","code":503302}""")]
    [InlineData("gate_unlock", """{"group":"shell","cdoe":"503302"}""")]
    [InlineData("proxy__run", """{"tool":"gate_unlock","arguments":{"group":"shell","code":"503302"}}""")]
    public void One_time_codes_are_never_written_whatever_is_configured(string tool, string parameters)
    {
        var call = new Redaction(names: []).Apply(Some.ToolCall(tool, parameters, "'code' should be an integer, but the string \"503302\" came."));

        var written = string.Concat(call.Params.Select(pair => pair.Value.GetRawText())) + call.Result;
        Assert.DoesNotContain("503302", written);
        Assert.Contains("shell", written);
    }

    [Fact]
    public void The_names_can_be_chosen()
    {
        var call = new Redaction(["iban", "_"]).Apply(Some.ToolCall(parameters: """{"IBAN":"DE02","password":"shown"}"""));
        Assert.Equal(["[redacted]", "shown"], call.Params.Select(pair => pair.Value.GetString()));
    }

    [Fact]
    public void A_shape_has_types_and_lengths_only()
    {
        var call = new Redaction(shapesOnly: true).Apply(Some.ToolCall(
            parameters: """{"text":"hello","n":1,"flag":true,"none":null,"list":[1,2,3],"inner":{"a":"xy","token":"abcd"}}""", result: "a result"));

        Assert.Equal(
            ["\"string(5)\"", "\"number\"", "\"boolean\"", "\"null\"", "\"array(3)\"", """{"a":"string(2)","token":"[redacted]"}"""],
            call.Params.Select(pair => pair.Value.GetRawText()));
        Assert.Equal("string(8)", call.Result);
    }

    [Fact]
    public void A_second_redaction_changes_nothing()
    {
        var once = Redaction.Default.Apply(Some.ToolCall(parameters: """{"password":"hunter22"}"""));
        Assert.Same(once, new Redaction(shapesOnly: true).Apply(once));
    }
}
