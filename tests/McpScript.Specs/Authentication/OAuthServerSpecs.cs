using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpScript.Testing;
using McpScript.Testing.OAuth;
using McpScript.Testing.Processes;
using McpScript.Testing.Suites;

namespace McpScript.Specs.Authentication;

/// <summary>The official TypeScript client, a real OAuth server, and us between them.</summary>
public class OAuthServerSpecs
{
    const string Who = """mcp.Tool("who", "Who calls.", (System.Security.Claims.ClaimsPrincipal? user = null) => user?.Identity?.Name ?? "anonymous");""";

    [SuiteTheory(SlowSuites.Peers)]
    [InlineData(Era.Sessions)]
    [InlineData(Era.Stateless)]
    public async Task The_TypeScript_client_gets_from_a_refusal_to_a_call(string era)
    {
        await using var server = await StartServerAsync();
        using var site = new ProxySite(("who.csx", Who));
        site.Write("mcp.yaml", "oauth_client_id: mcp\noauth_client_secret: ${SECRET}\nlog_level: trace\n");
        site.Environment["SECRET"] = OAuthServer.ResourceSecret;
        site.Environment["MCP_OAUTH_ENABLED"] = "yes";
        site.Environment["MCP_OAUTH_SERVER_URL"] = server.Issuer.OriginalString;
        await using var proxy = await StartAsync(site, "serve", "-c", "mcp.yaml", "--mgmt-port", "0", "--health-port", "0");
        var mcp = (await proxy.ReadyAsync()).Mcp!;

        var credentials = new { clientId = "agent", clientSecret = "agent-secret", expectedIssuer = server.Issuer.OriginalString };
        var seen = await RunClientAsync(new { url = mcp, revision = era, tool = "who", credentials });
        Assert.True((string?)seen["answer"] == "client:agent", seen.ToJsonString());
        var requests = seen["requests"]!.AsArray();
        Assert.Equal(
            ["POST /mcp 401", "GET /.well-known/oauth-protected-resource/mcp 200", "GET /.well-known/oauth-authorization-server 200",
                "POST /token 200", "POST /mcp 200"],
            requests.Take(5).Select(request => $"{request!["what"]} {request["status"]}"));
        Assert.Equal($"Bearer error=\"invalid_token\", error_description=\"Authentication required\", "
            + $"resource_metadata=\"{new Uri(mcp, "/.well-known/oauth-protected-resource/mcp")}\", scope=\"user\"",
            (string?)requests[0]!["challenge"]);

        // The same caller in the events' and the log's words; and nothing secret anywhere, though everything is logged.
        var token = await server.TokenAsync("agent", mcp);
        Assert.Equal(200, (await TokenMcp.SendAsync(mcp, $"Bearer {token}", HttpMethod.Post)).Status);
        proxy.Send(Signal.Terminate);
        Assert.Equal(0, await proxy.ExitAsync());
        var calls = string.Concat(Directory.GetFiles(site["home/.mcp_proxy/logs"], "*.jsonl").Select(File.ReadAllText));
        Assert.Contains("\"principal\":\"client:agent\"", calls);
        foreach (var secret in new[] { token, OAuthServer.ResourceSecret, "a+secret", "agent-secret" })
            Assert.DoesNotContain(secret, proxy.Errors.Text + proxy.Output.Text + calls);
        Assert.Contains($"OAuth: {mcp} needs an access token (scopes: user), which is checked at {server.Issuer.OriginalString}/introspect", proxy.Errors.Text);
    }

    [SuiteFact(SlowSuites.Peers)]
    public async Task A_token_that_is_expired_revoked_for_another_audience_or_without_scope_is_refused()
    {
        await using var server = await StartServerAsync();
        await using var host = await TestHost.StartAsync(new TestSetup { Watch = false }, ("who.csx", Who));
        var clock = new ShiftedClock();
        await using var mcp = await TokenMcp.StartAsync(host, server.Issuer, clock, resource => resource with { CacheTtl = TimeSpan.FromMinutes(5) });
        Task<JsonNode> CallAsync(string token) => RunClientAsync(new { url = mcp.Url, revision = Era.Sessions, tool = "who", token });
        async Task RefusedAsync(string token, string challenge)
        {
            var seen = await CallAsync(token);
            Assert.True(seen["error"] is not null && seen["answer"] is null, seen.ToJsonString());
            Assert.Contains(challenge, (string?)seen["requests"]![0]!["challenge"]);
        }

        var token = await server.TokenAsync("agent", TokenMcp.PublicUrl);
        Assert.Equal("client:agent", (string?)(await CallAsync(token))["answer"]);
        await RefusedAsync(await server.TokenAsync("agent", new("https://elsewhere.example/mcp")),
            "error=\"invalid_token\", error_description=\"The access token is for another audience\"");
        await RefusedAsync(
            await server.TokenAsync("agent", TokenMcp.PublicUrl, "admin"), "error=\"insufficient_scope\", error_description=\"Required scope: user\"");
        await RefusedAsync("no-such-token", "error=\"invalid_token\", error_description=\"The access token is unknown, expired or revoked\"");

        // Believed for as long as the cache says, and no longer.
        await server.RevokeAsync("agent", token);
        Assert.Equal("client:agent", (string?)(await CallAsync(token))["answer"]);
        clock.Advance(TimeSpan.FromMinutes(5));
        await RefusedAsync(token, "The access token is unknown, expired or revoked");

        // The server, whose clock is the machine's, would still take it.
        var old = await server.TokenAsync("other", TokenMcp.PublicUrl);
        Assert.Equal("client:other", (string?)(await CallAsync(old))["answer"]);
        clock.Advance(TimeSpan.FromHours(1));
        await RefusedAsync(old, "The access token has expired");
    }

    [SuiteFact(SlowSuites.Peers)]
    public async Task S9_On_the_health_port_only_authorized_managers_see_more_than_names_and_states()
    {
        await using var server = await StartServerAsync();
        using var site = new ProxySite(("who.csx", Who), ("broken.csx", "mcp.Tool("));
        site.Write("mcp.yaml", $"""
            oauth_server_url: {server.Issuer.OriginalString}
            oauth_client_id: mcp
            oauth_client_secret: "{OAuthServer.ResourceSecret}"
            oauth_management_scope: mcp:manage
            management_token: for operators
            """);
        await using var proxy = await StartAsync(site, "serve", "-c", "mcp.yaml", "--mgmt-port", "0", "--health-port", "0");
        var ready = await proxy.ReadyAsync();
        async Task<string> PluginsAsync(string? bearer) =>
            (await TokenMcp.SendAsync(new(ready.Health!, "/health/plugins"), bearer is null ? null : $"Bearer {bearer}", HttpMethod.Get)).Text;

        const string names = """{"plugins":{"broken":"failed","who":"live"}}""";
        foreach (var bearer in new[] { null, "wrong", await server.TokenAsync("agent", ready.Mcp!),
            await server.TokenAsync("agent", new("https://elsewhere.example"), "user mcp:manage") })
            Assert.Equal((bearer, names), (bearer, Sorted(await PluginsAsync(bearer))));
        foreach (var bearer in new[] { "for operators", await server.TokenAsync("agent", ready.Mcp!, "user mcp:manage") })
            Assert.Contains("broken.csx", await PluginsAsync(bearer));
    }

    static string Sorted(string plugins) =>
        plugins == """{"plugins":{"who":"live","broken":"failed"}}""" ? """{"plugins":{"broken":"failed","who":"live"}}""" : plugins;

    static async Task<JsonNode> RunClientAsync(object plan) => JsonNode.Parse(await NodePackages.OAuth.RunAsync("client.mjs", JsonSerializer.Serialize(plan)))!;

    static async Task<OAuthServer> StartServerAsync()
    {
        if (await NodePackages.OAuth.MissingAsync() is { } reason)
            Assert.Skip(reason);
        return await OAuthServer.StartAsync();
    }

    // The address of a server must be known before it listens, so the port is chosen first; another process may take it in between.
    static async Task<ProxyProcess> StartAsync(ProxySite site, params string[] arguments)
    {
        for (var tries = 3; ; tries--)
        {
            var port = FreePort();
            site.Environment["MCP_PUBLIC_URL"] = $"http://127.0.0.1:{port}/mcp";
            try
            {
                return await ProxyProcess.StartReadyAsync(site, [.. arguments, "--http", $"{port}"]);
            }
            catch (TimeoutException e) when (tries > 1 && e.Message.Contains($"The MCP port {port} is in use"))
            {
                // Another port, then.
            }
        }
    }

    static int FreePort()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port;
    }
}
