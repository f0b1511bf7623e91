using McpScript.Specs.Management;
using McpScript.Testing;
using McpScript.Testing.OAuth;
using McpScript.Testing.Processes;

namespace McpScript.Specs.Client;

/// <summary>mcp-client at a server that wants a token.</summary>
public class ClientTokenSpecs
{
    const string PublicUrl = "http://127.0.0.1/mcp";

    readonly string _token = Secrets.Keep($"token-{Guid.NewGuid():N}");

    [Fact]
    public async Task A_token_is_read_from_option_or_environment_and_a_missing_one_is_reported()
    {
        await using var issuer = await Introspector.StartAsync();
        issuer.Answer = (token, _) =>
            Task.FromResult((200, token == _token ? $$"""{"active":true,"scope":"user","aud":"{{PublicUrl}}","sub":"ada"}""" : """{"active":false}"""));
        using var site = new ProxySite(("say.csx", Say.Script("hello")));
        site.Write("mcp.yaml", $"oauth_server_url: {issuer.Url.OriginalString}\noauth_public_url: {PublicUrl}\n");
        await using var proxy = await ProxyProcess.StartReadyAsync(site, "serve", "-c", "mcp.yaml", "--http", "0", "-d", site.Plugins);
        var url = (await proxy.ReadyAsync()).Mcp!.ToString();

        Assert.Equal(new RunResult(0, "hello", ""), await RunAsync(site, "call", "--token", _token, url, "say"));

        var without = await RunAsync(site, "call", url, "say");
        Assert.Equal((1, ""), (without.Code, without.Output));
        Assert.Contains("it requires a token (401 Unauthorized)", without.Errors);
        Assert.Contains("--token T, or MCP_CLIENT_TOKEN in the environment", without.Errors);

        site.Environment["MCP_CLIENT_TOKEN"] = _token;
        Assert.Equal(new RunResult(0, "hello", ""), await RunAsync(site, "call", url, "say"));
        Assert.DoesNotContain(_token, (await RunAsync(site, "call", "-v", url, "say")).Errors);
    }

    static async Task<RunResult> RunAsync(ProxySite site, params string[] arguments)
    {
        await using var client = ProxyProcess.Start(site, BuiltProgram.Client, arguments);
        client.EndInput();
        return new(await client.ExitAsync(), client.Output.Text, client.Errors.Text);
    }
}
