using McpScript.Configuration;

namespace McpScript.Core.Tests.Configuration.Yaml;

public sealed class VariablesTests : IDisposable
{
    readonly ConfigFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("${NAME}", "echo ${OTHER}")]
    [InlineData("a ${NAME} b ${EMPTY:-x}${UNSET:-y} c", "a echo ${OTHER} b xy c")]
    [InlineData("${UNSET:-}", null)]
    [InlineData("${EMPTY}", null)]
    [InlineData("$${NAME} and $NAME", "${NAME} and $NAME")]
    [InlineData("'$$${NAME}'", "$${NAME}")]
    [InlineData("\"${UNSET:-a: b}\"", "a: b")]
    public void Variables_are_expanded_once(string written, string? expected)
    {
        _folder.Environment["NAME"] = "echo ${OTHER}";
        _folder.Environment["EMPTY"] = "";

        Assert.Equal(expected, _folder.Load($"server_name: {written}").ServerName);
    }

    [Fact]
    public void Keys_and_comments_are_left_alone()
    {
        var settings = _folder.Load("# ${NOPE}\nplugins: { echo: { '${NOPE}': 1 } }").Plugin("echo").Settings;

        Assert.Equal("""{"${NOPE}":1}""", settings.ToJsonString());
    }

    [Theory]
    [InlineData("${PORT}")]
    [InlineData("\"${PORT}\"")]
    [InlineData("${PORT:-9}")]
    public void A_number_can_come_from_a_variable(string written)
    {
        _folder.Environment["PORT"] = "1234";

        Assert.Equal(1234, _folder.Load($"port: {written}").Port);
    }

    [Theory]
    [InlineData("${NOPE}", "the variable NOPE is not set and has no default; set it, or write '${NOPE:-default}'")]
    [InlineData(
        "${1}", "'${' begins a variable, written '${NAME}' or '${NAME:-default}', without another one in it; write '$${' for the two characters themselves")]
    [InlineData("${A:-${B}}",
        "'${' begins a variable, written '${NAME}' or '${NAME:-default}', without another one in it; write '$${' for the two characters themselves")]
    public void A_variable_without_a_value_is_reported_with_its_location(string written, string problem)
    {
        Assert.Equal([$"config.yaml(2,8): {problem}"], _folder.ProblemsOf($"port: 1\nhost:  {written}"));
    }

    [Fact]
    public void The_value_of_a_variable_appears_in_no_problem()
    {
        _folder.Environment["SECRET"] = "s3cret";
        const string yaml = """
            port: ${SECRET}
            watch: "${SECRET}"
            autoload: ["/${SECRET}"]
            plugin_dirs: ["${SECRET}"]
            plugins: { echo: "${SECRET}" }
            """;

        var exception = Assert.Throws<ConfigurationException>(() => _folder.Load(yaml));

        Assert.Equal(5, exception.Problems.Length);
        Assert.DoesNotContain("s3cret", exception.Message);
        Assert.Contains("'port' must be a port from 0 to 65535, not the value of '${SECRET}'", exception.Message);
    }

    [Fact]
    [Trait("Fault", "B-F11")]
    public void An_empty_variable_does_not_set_an_empty_token()
    {
        _folder.Environment["TOKEN"] = "";

        Assert.Equal(
            ["config.yaml(1,19): 'management_token' is empty ('${TOKEN}' is empty), so it would protect nothing; give it a value, "
                + "or leave it out if no protection is needed"],
            _folder.ProblemsOf("management_token: ${TOKEN}"));
    }
}
