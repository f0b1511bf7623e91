using System.Text.Json.Nodes;
using McpScript.Testing;
using McpScript.Testing.Protocol;

namespace McpScript.Specs.Protocol;

/// <summary>Params that cannot be read: -32602 with the name of the field, in every era and over every transport, and no stack trace in the log.</summary>
public class MalformedParamsSpecs(MalformedParamsSpecs.Server server) : IClassFixture<MalformedParamsSpecs.Server>
{
    public static TheoryData<string, string, string> Everywhere => new()
    {
        { "tools/list", """{"cursor":5}""", "'cursor' should be a string, but the number 5 came." },
        { "tools/list", """{"cursor":"nowhere!"}""", "cursor" },
        { "prompts/list", """{"cursor":{}}""", "'cursor' should be a string" },
        { "resources/list", """{"cursor":[]}""", "'cursor' should be a string" },
        { "resources/templates/list", """{"cursor":true}""", "'cursor' should be a string" },
        { "tools/call", "{}", "'name' is missing" },
        { "tools/call", """{"Name":"e"}""", "'name' is missing" },
        { "tools/call", """{"name":5}""", "'name' should be a string, but a value of the kind 'number' came." },
        { "tools/call", """{"name":"e","arguments":"{\"m\":\"x\"}"}""",
            "'arguments' should be an object, but a value of the kind 'string' came. Send the arguments themselves, not a JSON text of them." },
        { "tools/call", """{"name":"e","arguments":[]}""", "'arguments' should be an object, but a value of the kind 'array' came." },
        { "tools/call", """{"name":"e","arguments":5}""", "'arguments' should be an object, but a value of the kind 'number' came." },
        { "tools/call", """{"name":"e","_meta":{"progressToken":{}}}""", "progressToken" },
        { "prompts/get", "{}", "'name' is missing" },
        { "prompts/get", """{"name":"p","arguments":5}""", "'arguments' should be an object" },
        { "prompts/get", """{"name":"nope"}""", "'nope'" },
        { "resources/read", "{}", "'uri' is missing" },
        { "resources/read", """{"uri":5}""", "'uri' should be a string" },
        { "completion/complete", "{}", "'ref' is missing" },
        { "completion/complete", """{"ref":{"type":"ref/prompt","name":"p"}}""", "'argument' is missing" },
        { "completion/complete", """{"ref":5,"argument":{"name":"a","value":"b"}}""", "ref" },
    };

    public static TheoryData<string, string, string> InSession => new()
    {
        { "tools/list", "[]", "'params' should be an object, but the array [] came." },
        { "tools/call", "[1]", "'params' should be an object" },
        { "tools/list", """{"_meta":5}""", "'_meta' should be an object" },
        { "logging/setLevel", """{"level":"verbose"}""", "'level' should be one of \"debug\"" },
        { "logging/setLevel", "{}", "'level' is missing" },
        { "logging/setLevel", """{"Level":"debug"}""", "'level' is missing" },
        { "resources/subscribe", "{}", "'uri' is missing" },
        { "resources/unsubscribe", """{"uri":[]}""", "'uri' should be a string" },
        { "tools/call", """{"name":"e","_meta":{"io.modelcontextprotocol/clientInfo":5}}""", "clientInfo" },
    };

    [Theory, MemberData(nameof(Everywhere)), Trait("Fault", "B-F8")]
    public async Task Malformed_params_are_answered_with_the_field_that_is_wrong(string method, string parameters, string problem)
    {
        foreach (var way in Enum.GetValues<Way>())
            await RefusedAsync(way, method, parameters, problem);
    }

    [Theory, MemberData(nameof(InSession)), Trait("Fault", "B-F8")]
    public async Task Malformed_params_in_a_session_are_answered_with_the_field_that_is_wrong(string method, string parameters, string problem)
    {
        foreach (var way in (Way[])[Way.PipesInSession, Way.HttpInSession])
            await RefusedAsync(way, method, parameters, problem);
    }

    [Theory, Trait("Fault", "B-F8")]
    [InlineData("clientInfo", """{"name":5,"version":"1"}""", "_meta.io.modelcontextprotocol/clientInfo.name' should be a string")]
    [InlineData("clientCapabilities", """{"elicitation":true}""", "_meta.io.modelcontextprotocol/clientCapabilities.elicitation' should be an object")]
    [InlineData("logLevel", "\"verbose\"", "_meta.io.modelcontextprotocol/logLevel' should be one of \"debug\"")]
    public async Task The_client_information_of_a_stateless_request_is_checked_too(string key, string value, string problem)
    {
        foreach (var way in (Way[])[Way.PipesStateless, Way.HttpStateless])
        {
            await using var client = await server.ConnectAsync(way);
            var answer = await client.RequestRawAsync(
                "tools/list", new JsonObject(), meta => meta[$"io.modelcontextprotocol/{key}"] = JsonNode.Parse(value)).LastAsync();
            Assert.Equal(-32602, (int)answer["error"]!["code"]!);
            Assert.Contains(problem, (string)answer["error"]!["message"]!);
        }
        server.NoStack();
    }

    [Theory, Trait("Fault", "B-F8")]
    [InlineData("""{"protocolVersion":"2025-11-25","capabilities":{"elicitation":true},"clientInfo":{"name":"t","version":"1"}}""",
        "'capabilities.elicitation' should be an object, but the boolean true came.")]
    [InlineData(
        """{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1","icons":[{"sizes":"48x48"}]}}""", "clientInfo.icons[0]")]
    [InlineData("""{"protocolVersion":"2025-11-25","capabilities":{}}""", "'clientInfo' is missing; it should be an object.")]
    [InlineData(
        """{"protocolVersion":5,"capabilities":{},"clientInfo":{"name":"t","version":"1"}}""", "'protocolVersion' should be a string, but the number 5 came.")]
    [InlineData("""{}""", "'protocolVersion' is missing")]
    public async Task An_initialize_that_cannot_be_read_names_exactly_the_field(string parameters, string problem)
    {
        foreach (var http in (bool[])[false, true])
        {
            var answer = await server.InitializeAsync(http, parameters);
            Assert.Equal(-32602, (int)answer["error"]!["code"]!);
            Assert.Contains(problem, (string)answer["error"]!["message"]!);
        }
        server.NoStack();
    }

    [Theory, Trait("Fault", "B-F12")]
    [InlineData("2099-01-01", "2025-11-25")]
    [InlineData("DRAFT-2026-v1", "2025-11-25")]
    [InlineData("v1", "2025-11-25")]
    [InlineData("", "2025-11-25")]
    [InlineData("2023-01-01", "2025-11-25")]
    [InlineData("2025-03-26", "2025-03-26")]
    public async Task An_unsupported_revision_is_answered_with_a_supported_one(string asked, string offered)
    {
        foreach (var http in (bool[])[false, true])
        {
            var answer = await server.InitializeAsync(
                http, $$$"""{"protocolVersion":"{{{asked}}}","capabilities":{},"clientInfo":{"name":"t","version":"1"}}""", asked);
            Assert.Equal(offered, (string?)answer["result"]?["protocolVersion"]);
        }
    }

    [Fact, Trait("Fault", "B-F8")]
    public async Task A_one_time_code_in_arguments_of_the_wrong_form_is_neither_repeated_nor_logged()
    {
        await using var client = await server.ConnectAsync(Way.PipesInSession);
        var answer = await client.RequestRawAsync("tools/call", JsonNode.Parse("""{"name":"gate_unlock","arguments":"{\"code\":\"839274\"}"}""")!).LastAsync();

        Assert.Equal(-32602, (int)answer["error"]!["code"]!);
        Assert.DoesNotContain("839274", answer.ToJsonString());
        server.Hides("839274");
    }

    async Task RefusedAsync(Way way, string method, string parameters, string problem)
    {
        await using var client = await server.ConnectAsync(way);
        var answer = await client.RequestRawAsync(method, JsonNode.Parse(parameters)!).LastAsync();
        Assert.True(answer["error"] is not null, $"{way}: {answer.ToJsonString()}");
        // The headers of a stateless request repeat name and URI, and cannot when there is none.
        if (way == Way.HttpStateless && (int)answer["error"]!["code"]! == -32020)
            return;
        Assert.Equal((way, -32602), (way, (int)answer["error"]!["code"]!));
        Assert.Contains(problem, (string)answer["error"]!["message"]!);
        server.NoStack();
    }

    /// <summary>A server with one of each, and its log.</summary>
    public sealed class Server : IAsyncLifetime
    {
        const string Script = """
            mcp.Tool("e", "E.", (string m) => m);
            mcp.Prompt("p", "P.", (string a) => a);
            mcp.Resource("mem://r", () => "r");
            """;

        TestHost? _host;
        HttpTestHost? _http;

        public async ValueTask InitializeAsync()
        {
            _host = await TestHost.StartAsync(new TestSetup { Watch = false }, ("e.csx", Script));
            _http = await HttpTestHost.StartAsync(_host);
        }

        public async Task<RawClient> ConnectAsync(Way way) =>
            way.IsHttp() ? await RawHttp.ConnectAsync(_http!.Url, way.Revision()) : await _host!.ConnectRawAsync(way.Revision());

        /// <summary>The answer to an initialize with these params.</summary>
        public async Task<JsonObject> InitializeAsync(bool http, string parameters, string? header = null)
        {
            await using var client = http ? RawHttp.Unconnected(_http!.Url, header) : (RawClient)_host!.OpenRaw();
            return await client.RequestRawAsync("initialize", JsonNode.Parse(parameters)!).LastAsync();
        }

        public void NoStack()
        {
            Assert.DoesNotContain("\n   at ", _host!.Log.Text);
            Assert.DoesNotContain("Error [", _host.Log.Text);
        }

        public void Hides(string secret) => Assert.DoesNotContain(secret, _host!.Log.Text);

        public async ValueTask DisposeAsync()
        {
            await _http!.DisposeAsync();
            await _host!.DisposeAsync();
        }
    }
}
