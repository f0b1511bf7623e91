using McpScript.Configuration;

namespace McpScript.Core.Tests.Configuration;

public sealed class ConfigurationProblemTests : IDisposable
{
    readonly ConfigFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void All_problems_of_all_layers_are_reported_together()
    {
        _folder.Environment["MCP_LOG_LEVEL"] = "loud";
        const string yaml = """
            auto_load: [echo]
            port: "12200"
            plugins:
              echo:
                enabled: maybe
            """;

        var exception = Assert.Throws<ConfigurationException>(() => _folder.Load(yaml, new CommandLineOverrides { HealthPort = 70000 }));

        Assert.Equal("""
            The configuration has 5 problems.
            - config.yaml(1,1): unknown key 'auto_load'; did you mean 'autoload'?
            - config.yaml(2,7): 'port' must be a port from 0 to 65535, not the quoted text "12200" (without the quotes, if that is what you mean)
            - config.yaml(5,14): 'plugins.echo.enabled' must be true or false, not 'maybe'
            - 'MCP_LOG_LEVEL' must be one of TRACE, DEBUG, INFO, WARNING, ERROR, CRITICAL, not 'loud'
            - '--health-port' must be a port from 0 to 65535, or off, not '70000'
            Nothing was changed. Correct them and start again; a program that is running and watching needs only the saved file.
            """, _folder.Relative(exception.Message));
    }

    [Fact, Trait("Fault", "A21")]
    public void A_named_pipe_is_not_waited_for()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Pipes stand in the file system on Unix only.");
        NamedPipe.Create(_folder.PathOf("config.yaml"));
        Assert.Equal(
            ["config.yaml: the file cannot be read: it is a named pipe, a socket or a device, not a regular file"],
            _folder.ProblemsOf(commandLine: new CommandLineOverrides { ConfigFile = _folder.PathOf("config.yaml") }));
    }

    [Theory]
    [InlineData("healthPort: 1", "config.yaml(1,1): unknown key 'healthPort'; did you mean 'health_port'?")]
    [InlineData("log-level: INFO", "config.yaml(1,1): unknown key 'log-level'; did you mean 'log_level'?")]
    [InlineData("prot: 1", "config.yaml(1,1): unknown key 'prot'; did you mean 'port'?")]
    [InlineData("api_key: 1", "config.yaml(1,1): unknown key 'api_key'; what a plugin reads belongs under 'plugins.<name>'")]
    [InlineData("gate:\n  groups:\n    shell: { timout: 5 }", "config.yaml(3,14): unknown key 'gate.groups.shell.timout'; did you mean 'timeout'?")]
    [InlineData("gate: { enabeld: true }", "config.yaml(1,9): unknown key 'gate.enabeld'; did you mean 'enabled'?")]
    public void An_unknown_key_is_reported_with_the_nearest_known_one(string yaml, string problem)
    {
        Assert.Equal([problem], _folder.ProblemsOf(yaml));
    }

    [Theory]
    [InlineData("port: many", "'port' must be a port from 0 to 65535, not 'many'")]
    [InlineData("port: 65536", "'port' must be a port from 0 to 65535, not '65536'")]
    [InlineData("port: 1.5", "'port' must be a port from 0 to 65535, not '1.5'")]
    [InlineData("port: [1]", "'port' must be a port from 0 to 65535, not a list")]
    [InlineData("port: {a: 1}", "'port' must be a port from 0 to 65535, not a mapping")]
    [InlineData("health_port: 'off'",
        "'health_port' must be a port from 0 to 65535, or off, not the quoted text \"off\" (without the quotes, if that is what you mean)")]
    [InlineData("watch: \"true\"", "'watch' must be true or false, not the quoted text \"true\" (without the quotes, if that is what you mean)")]
    [InlineData("watch: 1", "'watch' must be true or false, not '1'")]
    [InlineData("server_name: off", "'server_name' must be text (in quotes, if it is a word like on or true), not 'off'")]
    [InlineData("transport: sse", "'transport' must be one of stdio, http, not 'sse'")]
    [InlineData("log_level: off", "'log_level' must be one of TRACE, DEBUG, INFO, WARNING, ERROR, CRITICAL, not 'off'")]
    [InlineData("host: 127.0.0.1:80", "'host' must be a host name or IP address without a port (all addresses: '0.0.0.0' or '::'), not '127.0.0.1:80'")]
    [InlineData("oauth_server_url: ftp://x", "'oauth_server_url' must be an http or https URL, not 'ftp://x'")]
    [InlineData("register_timeout: -1", "'register_timeout' must be a number of seconds from 0 to 2073600, not '-1'")]
    [InlineData("page_size: 0", "'page_size' must be a whole number from 1 to 100000, not '0'")]
    [InlineData("limits: { rate_window: 0 }", "'limits.rate_window' must be a number of seconds from 1 to 2073600, not '0'")]
    [InlineData("autoload: {a: b}", "'autoload' must be a list of plugin names, not a mapping")]
    [InlineData("plugins: [echo]", "'plugins' must be a mapping from plugin names to their settings, not a list")]
    [InlineData(
        "plugins: { echo: false }", "'plugins.echo' must be a mapping with the plugin's settings, not 'false' (to switch a plugin off: 'enabled: false')")]
    [InlineData("plugins: { echo: { prefix: a b } }",
        "'plugins.echo.prefix' must be text of letters, digits, '_', '.' or '-', or false for none, or true for the plugin's name, not 'a b'")]
    [InlineData("gate: { secret_backend: vault }", "'gate.secret_backend' must be one of env, file, vaultwarden, not 'vault'")]
    public void A_wrong_value_is_reported_with_the_expected_and_the_actual_value(string yaml, string problem)
    {
        Assert.EndsWith(": " + problem, Assert.Single(_folder.ProblemsOf(yaml)));
    }

    [Theory]
    [InlineData("autoload: [echo, ../evil]", "config.yaml(1,18): 'autoload' must be a plugin name (1 to 64 letters, digits, '_', '.' or '-', "
        + "beginning with a letter or digit, never a path), or the id and version of a package, such as Contoso.Tools@1.2.3, not '../evil'")]
    [InlineData("autoload:\n- \n", "config.yaml(2,2): 'autoload' must be a list of plugin names, not nothing")]
    [InlineData("plugins: { a/b: {} }", "config.yaml(1,12): 'a/b' is not a plugin name. A name has 1 to 64 letters, digits, '_', '.' or '-', "
        + "begins with a letter or digit, and is never a path.")]
    [InlineData("plugins: { echo: {}, Echo: {} }", "config.yaml(1,22): duplicate plugin 'Echo'; names are compared ignoring case")]
    [InlineData("port: 1\nport: 2", "config.yaml(2,1): duplicate key 'port'; it is already on line 1")]
    [InlineData("[a, b]", "config.yaml(1,1): the file must hold a mapping ('key: value' lines), not a list")]
    [InlineData("just text", "config.yaml(1,1): the file must hold a mapping ('key: value' lines), not 'just text'")]
    [InlineData("port: 1\n---\nport: 2", "config.yaml(2,1): a second document begins here; one file holds one document")]
    [InlineData("port: !!int 1", "config.yaml(1,7): the tag 'tag:yaml.org,2002:int' is not supported; remove it")]
    [InlineData("plugins: { echo: { <<: {a: 1} } }", "config.yaml(1,20): merge keys ('<<') are not supported; write the keys out")]
    [InlineData("plugins: { echo: { [a]: 1 } }", "config.yaml(1,20): a key must be a word, not a list, mapping or alias")]
    public void An_ambiguous_or_unsupported_construct_is_reported_with_its_location(string yaml, string problem)
    {
        Assert.Equal([problem], _folder.ProblemsOf(yaml));
    }

    [Theory]
    [InlineData("port: [1, 2", "(2,1): this is not YAML: While parsing a flow sequence, did not find expected ',' or ']'")]
    [InlineData(
        "port: 1\n\tx: 2", "(1,7): this is not YAML: While scanning a plain scalar, found a tab character that violate indentation (noticed on line 2)")]
    [InlineData("a: b: c", "(1,5): this is not YAML: While scanning a plain scalar value, found invalid mapping")]
    [InlineData("host: 'x\nport: 1\n", "(1,7): this is not YAML: While scanning a quoted scalar, found unexpected end of stream (noticed on line 3)")]
    [InlineData("a: {b: 1\nc: 2\n", "(1,6): this is not YAML: A bracket, brace or quote is not closed here or soon after, or a tag is not valid")]
    [InlineData("host: !!st] 5", "(1,5): this is not YAML: A bracket, brace or quote is not closed here or soon after, or a tag is not valid")]
    [InlineData("port: *nowhere", "(1,7): '*nowhere' refers to an anchor that is not complete before it")]
    [InlineData("plugins: &all { a: *all }", "(1,20): '*all' refers to an anchor that is not complete before it")]
    public void Invalid_YAML_is_reported_with_line_and_column(string yaml, string problem)
    {
        Assert.Equal(["config.yaml" + problem], _folder.ProblemsOf(yaml));
    }

    [Fact]
    public void Values_that_are_nested_too_deeply_are_refused()
    {
        var problems = _folder.ProblemsOf($"plugins: {{ echo: {{ deep: {new string('[', 1000)}{new string(']', 1000)} }} }}");

        Assert.Contains("levels deep", Assert.Single(problems));
    }

    [Fact]
    public void A_file_that_does_not_exist_is_a_problem()
    {
        var problems = _folder.ProblemsOf(commandLine: new CommandLineOverrides { ConfigFile = "proxxy.yaml" });

        Assert.Equal(["proxxy.yaml: the file does not exist; create it, or correct the path"], problems);
    }

    [Fact]
    public void A_folder_in_place_of_the_file_is_a_problem()
    {
        var problem = Assert.Single(_folder.ProblemsOf(commandLine: new CommandLineOverrides { ConfigFile = "home" }));

        Assert.StartsWith("home: the file cannot be read: ", problem);
    }

    [Fact]
    public void A_file_that_is_not_utf8_is_a_problem()
    {
        File.WriteAllBytes(_folder.PathOf("latin.yaml"), [.. "server_name: caf"u8, 0xE9]);

        var problems = _folder.ProblemsOf(commandLine: new CommandLineOverrides { ConfigFile = "latin.yaml" });

        Assert.Equal(["latin.yaml: the file is not UTF-8 text; save it as UTF-8"], problems);
    }

    [Fact]
    public void A_gate_of_a_plugin_is_reported_with_the_fix()
    {
        var problem = Assert.Single(_folder.ProblemsOf("plugins:\n  shell:\n    gate: { enabled: true }\n"));

        Assert.Equal(
            "config.yaml(3,5): 'plugins.shell.gate' is not possible: there is one gate for all plugins; move it to the top level, as 'gate:', "
            + "and name this plugin's tools in 'gate.groups.<group>.tools'",
            problem);
    }
}
