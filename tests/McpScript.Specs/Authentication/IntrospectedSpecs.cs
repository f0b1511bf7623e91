using System.Text.Json.Nodes;
using McpScript.Http.Authentication;
using McpScript.Testing;
using McpScript.Testing.OAuth;

namespace McpScript.Specs.Authentication;

/// <summary>Base of the specs with a host and an authorization server that answers introspection requests.</summary>
public abstract class IntrospectedSpecs : IAsyncLifetime
{
    private protected const string Audience = "https://mcp.example/mcp";

    private protected static readonly string Good = Active();

    private protected TestHost _host = null!;
    private protected Introspector _server = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await TestHost.StartAsync(new TestSetup { Watch = false }, ("say.csx", Say.Script("hello")));
        _server = await Introspector.StartAsync();
        _server.Always(Good);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _host.DisposeAsync();
    }

    private protected static string Active(Action<JsonObject>? change = null)
    {
        var answer = new JsonObject { ["active"] = true, ["scope"] = "user extra", ["aud"] = Audience, ["token_type"] = "Bearer" };
        change?.Invoke(answer);
        return answer.ToJsonString();
    }

    private protected Task<TokenMcp> StartAsync(Func<ResourceServer, ResourceServer>? change = null, TimeProvider? time = null) =>
        TokenMcp.StartAsync(_host, _server.Url, time, change);
}
