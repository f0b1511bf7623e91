using System.Net.Sockets;
using McpScript.Gates;
using McpScript.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace McpScript.Framework.Tests.Gates;

public sealed class VaultwardenSecretsTests : IDisposable
{
    readonly ManualClock _time = new();
    readonly ServiceProvider _services = new ServiceCollection().AddHttpClient().BuildServiceProvider();

    public void Dispose() => _services.Dispose();

    [Fact]
    public async Task A_vault_is_queried_once_while_its_answer_is_cached()
    {
        await using var vault = await StandInVault.StartAsync();
        vault.Answer = context => StandInVault.Items(context,
            """{"name":"shell two","notes":"no"},{"name":"shell","notes":" abc ","login":{"password":"no"}},{"name":"mail","login":{"password":"def"}}""");
        var secrets = Vault(vault.Url, TimeSpan.FromHours(1));
        Assert.Equal("abc", await secrets.GetAsync("shell", default));
        Assert.Equal("abc", await secrets.GetAsync("shell", default));
        Assert.Equal([("shell", "Bearer t0ken")], vault.Requests);
        Assert.Equal("def", await secrets.GetAsync("mail", default));

        _time.Advance(TimeSpan.FromHours(1));
        vault.Answer = context => StandInVault.Items(context, """{"name":"shell","notes":"new"}""");
        Assert.Equal("new", await secrets.GetAsync("shell", default));
        Assert.Equal("Vaultwarden: item 'mail' not found or has no value.", await WhyNot(secrets, "mail"));

        secrets.Invalidate("shell");
        vault.Answer = context => StandInVault.Items(context, """{"name":"shell","notes":"newest"}""");
        Assert.Equal("newest", await secrets.GetAsync("shell", default));
    }

    [Fact]
    public async Task Without_a_cache_a_vault_is_queried_each_time()
    {
        await using var vault = await StandInVault.StartAsync();
        vault.Answer = context => StandInVault.Items(context, """{"name":"a&b c","notes":"abc"}""");
        var secrets = Vault(vault.Url, TimeSpan.Zero);
        await secrets.GetAsync("a&b c", default);
        await secrets.GetAsync("a&b c", default);
        Assert.Equal(["a&b c", "a&b c"], vault.Requests.Select(request => request.Search));
    }

    [Theory]
    [InlineData(401, "", "refuses the token (401)")]
    [InlineData(500, "", "answered 500. It is tried again later.")]
    [InlineData(200, "<html>", "is not a vault: its response is not JSON.")]
    [InlineData(200, "[]", "item 'shell' not found or has no value.")]
    [InlineData(200, """{"data":{"data":[{"name":"shell","notes":7,"login":[]}]}}""", "item 'shell' not found or has no value.")]
    public async Task An_unexpected_answer_of_a_vault_is_reported_as_such(int status, string body, string why)
    {
        await using var vault = await StandInVault.StartAsync();
        vault.Answer = async context =>
        {
            context.Response.StatusCode = status;
            await context.Response.WriteAsync(body);
        };
        var told = await WhyNot(Vault(vault.Url, TimeSpan.Zero), "shell");
        Assert.Contains(why, told);
        Assert.DoesNotContain("t0ken", told);
    }

    [Fact]
    public async Task An_unreachable_vault_is_reported_as_such()
    {
        using var free = new TcpListener(System.Net.IPAddress.Loopback, 0);
        free.Start();
        var port = ((System.Net.IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        Assert.Contains("cannot be reached", await WhyNot(Vault(new($"http://127.0.0.1:{port}"), TimeSpan.Zero), "shell"));
    }

    VaultwardenSecrets Vault(Uri url, TimeSpan kept) => new(_services.GetRequiredService<IHttpClientFactory>(), url, "t0ken", kept, _time);

    static async Task<string> WhyNot(IGateSecrets secrets, string reference) =>
        (await Assert.ThrowsAsync<GateSecretException>(() => secrets.GetAsync(reference, default).AsTask())).Message;
}
