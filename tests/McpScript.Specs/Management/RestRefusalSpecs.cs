using McpScript.Testing.Processes;

namespace McpScript.Specs.Management;

/// <summary>Requests that the management API refuses: their status and the text of the error.</summary>
[Collection(nameof(ManagedProxy))]
public class RestRefusalSpecs(ManagedProxy managed) : IAsyncDisposable
{
    readonly ProxyProcess _proxy = managed.Process;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => new(managed.RestoreAsync());

    [Theory]
    [InlineData(null, "'plugin' is missing")]
    [InlineData("", "'plugin' is missing")]
    [InlineData("null", "'plugin' is missing")]
    [InlineData("{}", "'plugin' is missing")]
    [InlineData("""{"plugin":null}""", "'plugin' is missing")]
    [InlineData("""{"plugin":5}""", "'plugin' in the body should be a text (line 1, byte 12)")]
    [InlineData("""{"plugin":["echo"]}""", "'plugin' in the body should be a text")]
    [InlineData("""["echo"]""", "The body should be a JSON object")]
    [InlineData("""{"plugin":""", "The body is not JSON that can be read: the error is at line 1, byte 11")]
    [InlineData("{bad", "the error is at line 1, byte 2")]
    [InlineData("""{"plugin":""}""", "'' is not a plugin name")]
    [InlineData("plugin=echo", "application/json", "application/x-www-form-urlencoded")]
    [InlineData("""{"plugin":"echo"}""", "application/json", "text/plain")]
    public async Task A_malformed_body_is_400_and_names_the_problem(string? body, string told, string type = "application/json")
    {
        foreach (var verb in new[] { "load", "unload", "reload" })
        {
            var answer = await _proxy.PostAsync($"/proxy/{verb}", body, type);
            Assert.Equal((400, false), (answer.Status, answer.Json["ok"]!.GetValue<bool>()));
            Assert.Contains(told, answer.Error);
            Assert.DoesNotContain("PluginRequest", answer.Error);
        }
        Assert.Equal("""{"plugins":["echo","full","ops"]}""", (await _proxy.GetAsync("/proxy/plugins")).Text);
    }

    [Theory]
    [InlineData("/proxy/tools?dynamic_only=maybe", "'dynamic_only' should be true or false, not 'maybe'.")]
    [InlineData("/proxy/tools?dynamic_only=", "'dynamic_only' should be true or false, not ''.")]
    [InlineData("/proxy/logs?tail=all", "'tail' should be a whole number, not 'all'.")]
    [InlineData("/proxy/logs?tail=99999999999", "'tail' should be a whole number, not '99999999999'.")]
    public async Task A_malformed_query_is_400_and_names_the_parameter_and_what_fits(string path, string told)
    {
        var answer = await _proxy.GetAsync(path);
        Assert.Equal((400, told), (answer.Status, answer.Error));
    }

    [Theory]
    [InlineData("load", "echo", 409, "Plugin 'echo' already loaded")]
    [InlineData("load", "nope", 404, "Plugin 'nope' not found")]
    [InlineData("unload", "nope", 404, "Plugin 'nope' not loaded")]
    [InlineData("unload", "greet", 409, "Plugin 'greet' not loaded")]
    [InlineData("reload", "nope", 404, "Plugin 'nope' not loaded, use load()")]
    [InlineData("reload", "greet", 409, "Plugin 'greet' not loaded, use load()")]
    [InlineData("load", "clash", 409,
        "Collision loading 'clash': The tool 'echo' is already offered by plugin 'echo'. Rename one of them, or unload 'echo'.", "publish")]
    [InlineData("load", "thrower", 422, "Plugin 'thrower' register() failed: InvalidOperationException: no such luck", "register")]
    public async Task A_refusal_has_the_text_of_the_original_and_its_own_status(string verb, string plugin, int status, string error, string? stage = null)
    {
        var answer = await _proxy.ChangeAsync(verb, plugin);
        Assert.Equal((status, false, error), (answer.Status, answer.Json["ok"]!.GetValue<bool>(), answer.Error));
        if (stage is not null)
            Assert.Equal(stage, answer.Json["stage"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("nope", null, 404, "Unknown command: nope")]
    [InlineData("fails", null, 422, "Command 'fails' failed: no luck")]
    [InlineData("ends", "{}", 422, "Command 'ends' failed: took too long")]
    [InlineData("add", "[1]", 400, "The arguments should be a JSON object: ")]
    [InlineData("add", "{\"a\"", 400, "The arguments should be a JSON object: ")]
    [InlineData("add", "a=1&b=2", 400, "The arguments should be a JSON object, sent with Content-Type: application/json.", "application/x-www-form-urlencoded")]
    public async Task A_command_that_is_unknown_fails_or_is_malformed_has_its_own_status(
        string name, string? body, int status, string error, string type = "application/json")
    {
        var answer = await _proxy.PostAsync($"/proxy/command/{name}", body, type);
        Assert.Equal((status, false), (answer.Status, answer.Json["ok"]!.GetValue<bool>()));
        Assert.StartsWith(error, answer.Error);
    }

    [Fact]
    public async Task Command_arguments_without_a_content_type_are_an_error_and_are_not_ignored()
    {
        var answer = await Rest.SendAsync(HttpMethod.Post, await _proxy.AtAsync("/proxy/command/stats"), new ByteArrayContent("{}"u8.ToArray()));
        Assert.Equal((400, "The arguments should be a JSON object, sent with Content-Type: application/json."), (answer.Status, answer.Error));
    }

    [Theory]
    [InlineData("GET", "/proxy/load", 405, "GET is not allowed here. GET /openapi/v1.json lists the routes.")]
    [InlineData("DELETE", "/proxy/status", 405, "DELETE is not allowed here. GET /openapi/v1.json lists the routes.")]
    [InlineData("GET", "/proxy/command/stats", 405, "GET is not allowed here. GET /openapi/v1.json lists the routes.")]
    [InlineData("GET", "/", 404, "There is no such route. GET /openapi/v1.json lists them.")]
    [InlineData("POST", "/proxy/lode", 404, "There is no such route. GET /openapi/v1.json lists them.")]
    [InlineData("GET", "/redoc", 404, "There is no such route. GET /openapi/v1.json lists them.")]
    [InlineData("GET", "/openapi/v2.json", 404, "There is no such route. GET /openapi/v1.json lists them.")]
    public async Task A_wrong_path_or_method_is_refused_with_a_pointer_to_the_list_of_routes(string method, string path, int status, string error)
    {
        var answer = await Rest.SendAsync(new(method), await _proxy.AtAsync(path));
        Assert.Equal((status, error), (answer.Status, answer.Error));
    }

    [Fact]
    public async Task A_compressed_body_is_415_and_the_answer_requests_it_uncompressed()
    {
        using var body = new StringContent("""{"plugin":"greet"}""", null, "application/json") { Headers = { ContentEncoding = { "gzip" } } };
        var answer = await Rest.SendAsync(HttpMethod.Post, await _proxy.AtAsync("/proxy/load"), body);
        Assert.Equal(415, answer.Status);
        Assert.Contains("sent as 'gzip', and must be sent uncompressed", answer.Error);
    }
}
