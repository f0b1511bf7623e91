using McpScript.Testing.OAuth;
using McpScript.Testing.Processes;

namespace McpScript.Specs.Management;

/// <summary>Refused requests leave a log line for the operator, without secrets.</summary>
[Trait("Fault", "B-F15")]
public class RefusalSpecs
{
    [Fact]
    public async Task Attempts_to_guess_the_management_token_are_logged_without_the_guesses()
    {
        using var site = new ProxySite(("say.csx", Say.Script("hello")));
        await using var proxy = await ProxyProcess.StartReadyAsync(site, "serve", "--http", "0", "--mgmt-token", "right-token-of-the-spec");
        for (var guess = 0; guess < 20; guess++)
            Assert.Equal(401, (await proxy.GetAsync("/proxy/status", ("Authorization", $"Bearer wrong-guess-{guess}"))).Status);

        await proxy.Errors.WaitForAsync("WARNING: Refused at management: GET /proxy/status from 127.0.0.1, 401: the management token is wrong");
        Assert.Single(proxy.Errors.Lines, line => line.Contains("Refused at management"));
        Assert.DoesNotContain("wrong-guess", proxy.Errors.Text);
    }

    [Fact]
    public async Task A_refused_access_token_is_one_line()
    {
        await using var server = await Introspector.StartAsync();
        using var site = new ProxySite(("say.csx", Say.Script("hello")));
        site.Write("mcp.yaml", $"oauth_server_url: {server.Url.OriginalString}\noauth_public_url: http://127.0.0.1/mcp\n");
        await using var proxy = await ProxyProcess.StartReadyAsync(site, "serve", "-c", "mcp.yaml", "--http", "0");
        var answer = await Rest.SendAsync(HttpMethod.Post, (await proxy.ReadyAsync()).Mcp!, new StringContent("{}", null, "application/json"),
            ("Authorization", "Bearer revoked-token-of-the-spec"));
        Assert.Equal(401, answer.Status);

        await proxy.Errors.WaitForAsync("INFO: Refused at MCP: POST /mcp from 127.0.0.1, 401: The access token is unknown, expired or revoked");
        Assert.DoesNotContain(proxy.Errors.Lines, line => line.Contains("challenged") || line.Contains("not authenticated"));
        Assert.DoesNotContain("revoked-token-of-the-spec", proxy.Errors.Text);
    }

    [Fact]
    public async Task The_access_log_is_off_by_default_and_has_a_line_for_each_request_when_on()
    {
        using var site = new ProxySite(("say.csx", Say.Script("hello")));
        await using (var quiet = await ProxyProcess.StartReadyAsync(site, "serve", "--http", "0"))
        {
            await quiet.HealthAsync("/health");
            Assert.DoesNotContain("GET /health", quiet.Errors.Text);
        }

        site.Write("mcp.yaml", "access_log: true\nlog_format: json\n");
        await using var proxy = ProxyProcess.Start(site, "serve", "-c", "mcp.yaml", "--http", "0", "--health-port", "0", "--mgmt-port", "0");
        await proxy.Errors.WaitForAsync("\"event\":\"Ready\"");
        var health = System.Text.RegularExpressions.Regex.Match(proxy.Errors.Text, @"health (http://\S+?/health)").Groups[1].Value;
        await Rest.SendAsync(HttpMethod.Get, new(health));

        var line = await proxy.Errors.WaitForAsync("\"logger\":\"McpScript.Http.Access\"");
        Assert.Contains("\"method\":\"GET\"", line);
        Assert.Contains("\"path\":\"/health\"", line);
        Assert.Contains("\"status\":200", line);
        Assert.Contains("\"remote\":\"127.0.0.1\"", line);
    }
}
