
namespace McpScript.Core.Tests.Configuration;

public sealed class OAuthCheckTests : IDisposable
{
    const string Set = "oauth_server_url: https://login.example\noauth_public_url: https://mcp.example/mcp\n";

    readonly ConfigFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // S10: judged by what the address is, not by how it begins.
    [Theory]
    [InlineData("https://login.example", null)]
    [InlineData("https://login.example:8443/realms/a/", null)]
    [InlineData("http://localhost:3000", null)]
    [InlineData("HTTP://LOCALHOST:3000", null)]
    [InlineData("http://127.0.0.1:3000/a", null)]
    [InlineData("http://127.8.9.1", null)]
    [InlineData("http://[::1]:3000", null)]
    [InlineData("http://login.example", "must be https")]
    [InlineData("http://localhost.evil.example", "must be https")]
    [InlineData("http://127.0.0.1.evil.example", "must be https")]
    [InlineData("http://localhost@evil.example", "must not have a name or password")]
    [InlineData("https://me:pass@login.example", "must not have a name or password")]
    [InlineData("http://evil.example/?http://localhost", "must be https")]
    [InlineData("http://evil.example#@localhost", "must not have a fragment")]
    [InlineData("http://0.0.0.0:3000", "must be https")]
    [InlineData("http://[::ffff:10.0.0.1]", "must be https")]
    [InlineData("http://2130706433", null)] // 127.0.0.1, as every resolver reads it
    public void S10_Tokens_are_sent_over_https_or_to_this_machine(string url, string? why)
    {
        foreach (var yaml in new[] { Set.Replace("https://login.example", $"'{url}'"), Set + $"oauth_introspection_url: '{url}'\n" })
            if (why is null)
                Assert.True(_folder.Load("transport: http\n" + yaml).NeedsToken);
            else
                Assert.Contains(why, Assert.Single(_folder.ProblemsOf("transport: http\n" + yaml)));
    }

    [Theory]
    [InlineData(Set + "oauth_client_secret: x", "'oauth_client_secret' is set and 'oauth_client_id' is not")]
    [InlineData(Set + "oauth_required_scopes: [a b]", "'a b' cannot be a scope")]
    [InlineData(Set + "oauth_management_scope: 'a\"b'", "cannot be a scope")]
    [InlineData("oauth_server_url: https://login.example?a=b\noauth_public_url: https://mcp.example/mcp", "'oauth_server_url' must not have a query")]
    [InlineData("oauth_server_url: https://login.example\noauth_public_url: https://mcp.example/mcp#x", "'oauth_public_url' must be just an address")]
    [InlineData("oauth_public_url: https://mcp.example/mcp", "'oauth_public_url' is set and 'oauth_server_url' is not")]
    [InlineData("host: '::'", "'host' is ::, so others can reach this server")]
    public void Invalid_OAuth_settings_are_reported_with_the_fix(string yaml, string problem)
    {
        Assert.Contains(problem, Assert.Single(_folder.ProblemsOf("transport: http\n" + yaml)));
        // Over stdio, and switched off, it is not checked.
        Assert.False(_folder.Load(yaml).NeedsToken);
        Assert.False(_folder.Load("transport: http\noauth_enabled: false\n" + yaml).NeedsToken);
    }

    [Fact]
    public void A_password_in_a_url_is_not_repeated()
    {
        var problem = Assert.Single(_folder.ProblemsOf("transport: http\n" + Set.Replace("https://login", "https://me:s3cret@login")));
        Assert.DoesNotContain("s3cret", problem);
    }

    [Theory]
    [InlineData("host: 127.0.0.1", false)]
    [InlineData("host: LocalHost", false)]
    [InlineData("host: '::1'", false)]
    [InlineData("host: 0.0.0.0\noauth_enabled: false", true)]
    [InlineData("host: example.com\noauth_enabled: false", true)]
    [InlineData(Set, true)]
    [InlineData("oauth_server_url: https://login.example\noauth_public_url: http://localhost:12200/mcp", false)]
    public void Host_or_public_URL_allow_other_machines(string yaml, bool others) => Assert.Equal(others, _folder.Load("transport: http\n" + yaml).IsForOthers);
}
