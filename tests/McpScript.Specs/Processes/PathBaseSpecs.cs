using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using McpScript.Specs.Gates;
using McpScript.Specs.Management;
using McpScript.Testing;
using McpScript.Testing.OAuth;
using McpScript.Testing.Processes;

namespace McpScript.Specs.Processes;

/// <summary>A server below a path, behind a reverse proxy that passes paths on as they are.</summary>
[Trait("Fault", "Operators")]
public class PathBaseSpecs
{
    static readonly (string, string)[] Scripts = [("say.csx", Say.Script("hello")), ("shell.csx", """mcp.Tool("sh", "", () => "ran").Protect("shell");""")];

    const string Elicits =
        """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{"elicitation":{"url":{}}},"clientInfo":"""
            + """{"name":"spec","version":"1"}}}""";

    [Fact]
    public async Task MCP_and_the_unlock_page_are_only_below_the_path_health_and_management_stay()
    {
        using var site = new ProxySite(Scripts);
        site.Write("mcp.yaml", "path_base: /team/tools\ngate: { groups: { shell: { secret_ref: SPEC_TOTP } } }\n");
        site.Environment["SPEC_TOTP"] = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        await using var proxy = await ProxyProcess.StartReadyAsync(site, "serve", "-c", "mcp.yaml", "--http", "0");
        var ready = await proxy.ReadyAsync();
        Assert.Equal("/team/tools/mcp", ready.Mcp!.AbsolutePath);
        await using (var client = await proxy.ConnectAsync(Era.Sessions))
            Assert.Equal("hello", await client.TextAsync("say"));

        foreach (var (path, status) in new[] { ("/mcp", 404), ("/team/tools", 404), ("/team/mcp", 404), ("/team/tools/mcp/x", 404), ("/gate/unlock/x", 404),
            ("/team/tools/mcp", 200) })
            Assert.Equal((path, status), (path, await PostAsync(new(ready.Mcp, path), Wire.Initialize)));
        Assert.Equal(200, (await proxy.HealthAsync("/health")).Status);
        Assert.Equal(404, (await proxy.HealthAsync("/team/tools/health")).Status);
        Assert.Equal(200, (await proxy.GetAsync("/proxy/status")).Status);

        using var http = new HttpClient();
        Assert.StartsWith("/team/tools/gate/unlock/", (await UnlockPageAsync(http, ready.Mcp)).AbsolutePath);
    }

    [Fact]
    public async Task The_metadata_is_at_the_root_with_the_path_behind_it()
    {
        await using var issuer = await Introspector.StartAsync();
        using var site = new ProxySite(Scripts);
        site.Write("mcp.yaml", $"path_base: /tools\noauth_server_url: {issuer.Url.OriginalString}\noauth_public_url: http://127.0.0.1/tools/mcp\n");
        await using var proxy = await ProxyProcess.StartReadyAsync(site, "serve", "-c", "mcp.yaml", "--http", "0");
        var mcp = (await proxy.ReadyAsync()).Mcp!;
        var challenge = await TokenMcp.SendAsync(mcp, null, HttpMethod.Post);
        Assert.Equal(401, challenge.Status);
        Assert.Contains("resource_metadata=\"http://127.0.0.1/.well-known/oauth-protected-resource/tools/mcp\"", challenge.Challenge);

        var metadata = await TokenMcp.SendAsync(new(mcp, "/.well-known/oauth-protected-resource/tools/mcp"), null, HttpMethod.Get);
        Assert.Equal((200, "http://127.0.0.1/tools/mcp"), (metadata.Status, (string?)JsonNode.Parse(metadata.Text)!["resource"]));
        Assert.Equal(404, (await TokenMcp.SendAsync(new(mcp, "/tools/.well-known/oauth-protected-resource"), null, HttpMethod.Get)).Status);
        Assert.DoesNotContain(proxy.Errors.Lines, line => line.Contains("'oauth_public_url' is"));
    }

    [Theory]
    [InlineData("http://127.0.0.1/mcp", "WARNING: 'oauth_public_url' is http://127.0.0.1/mcp, which does not end with /tools/mcp, where MCP is served")]
    [InlineData("http://127.0.0.1", "WARNING: 'oauth_public_url' is http://127.0.0.1, without the path")]
    public async Task A_public_URL_that_does_not_end_with_the_path_is_a_warning(string publicUrl, string warning)
    {
        await using var issuer = await Introspector.StartAsync();
        using var site = new ProxySite(Scripts);
        site.Write("mcp.yaml", $"path_base: /tools\noauth_server_url: {issuer.Url.OriginalString}\noauth_public_url: {publicUrl}\n");
        await using var proxy = await ProxyProcess.StartReadyAsync(site, "serve", "-c", "mcp.yaml", "--http", "0");
        Assert.Contains("/tools/mcp", await proxy.Errors.WaitForAsync(warning));
    }

    // As a browser's client is led to it: the server answers gate_unlock with the page's address, before the call is over.
    internal static async Task<Uri> UnlockPageAsync(HttpClient http, Uri mcp)
    {
        using var initialize = Message(mcp, Elicits);
        using var opened = await http.SendAsync(initialize).WaitAsync(TestHost.Patience);
        var session = opened.Headers.GetValues("Mcp-Session-Id").Single();
        using var call = Message(mcp, """{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"gate_unlock","arguments":{"group":"shell"}}}""");
        call.Headers.Add("Mcp-Session-Id", session);
        using var response = await http.SendAsync(call, HttpCompletionOption.ResponseHeadersRead).WaitAsync(TestHost.Patience);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        while (await lines.ReadLineAsync().WaitAsync(TestHost.Patience) is { } line)
            if (line.StartsWith("data: {", StringComparison.Ordinal) && (string?)JsonNode.Parse(line[6..])!["params"]?["url"] is { } url)
                return new(url);
        throw new InvalidOperationException("The server named no page.");
    }

    static async Task<int> PostAsync(Uri url, string body)
    {
        using var http = new HttpClient();
        using var message = Message(url, body);
        using var answer = await http.SendAsync(message).WaitAsync(TestHost.Patience);
        return (int)answer.StatusCode;
    }

    internal static HttpRequestMessage Message(Uri url, string body)
    {
        var message = new HttpRequestMessage(
            HttpMethod.Post, url)
        { Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")) };
        message.Headers.Accept.ParseAdd("application/json, text/event-stream");
        return message;
    }
}
