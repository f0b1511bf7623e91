using System.Net.Sockets;
using McpScript.Gates;
using McpScript.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace McpScript.Framework.Tests.Gate;

public sealed class SecretBackendTests : IDisposable
{
    readonly TestFolder _folder = new();
    readonly HandClock _time = new();
    readonly ServiceProvider _services = new ServiceCollection().AddHttpClient().BuildServiceProvider();

    string Path => _folder["secrets"];

    public void Dispose()
    {
        _services.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_variable_is_a_secret_and_an_empty_one_is_none()
    {
        var secrets = new EnvironmentSecrets(name => name switch { "SHELL" => " abc ", "EMPTY" => " ", _ => null });
        Assert.Equal("abc", await secrets.GetAsync("SHELL", default));
        foreach (var name in new[] { "EMPTY", "NOPE" })
            Assert.Equal($"Environment variable '{name}' not set.", await WhyNot(secrets, name));
    }

    [Fact]
    public async Task A_file_is_read_anew_each_time()
    {
        Write("# remark\n\nshell = abc \nother line\nmail=d=e\n#vault=x\nempty=\n");
        var secrets = new SecretFile(Path);
        Assert.Equal(("abc", "d=e"), (await secrets.GetAsync("shell", default), await secrets.GetAsync("mail", default)));
        foreach (var name in new[] { "vault", "empty", "Shell" })
            Assert.Equal($"Gate: secret '{name}' not found in {Path}", await WhyNot(secrets, name));
        Write("shell=new");
        Assert.Equal("new", await secrets.GetAsync("shell", default));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    public async Task A_file_that_others_can_open_is_not_read(UnixFileMode others)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no Unix file modes.");
            return;
        }
        Write("shell=abc");
        File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | others);
        Assert.Equal($"Gate: secret file {Path} is readable by group/others, so its secrets are none. Run: chmod 600 {Path}", await WhyNot(new SecretFile(Path), "shell"));
        File.SetUnixFileMode(Path, UnixFileMode.UserRead);
        Assert.Equal("abc", await new SecretFile(Path).GetAsync("shell", default));
    }

    [Fact]
    public async Task A_missing_file_is_told_with_the_cure() =>
        Assert.Equal($"Gate secret file not found: {Path}\nCreate it with: touch {Path} && chmod 600 {Path}", await WhyNot(new SecretFile(Path), "shell"));

    [Fact, Trait("Fault", "A21")]
    public async Task A_named_pipe_is_not_waited_for()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Pipes stand in the file system on Unix only.");
        NamedPipe.Create(Path);
        Assert.Equal($"Gate: secret file {Path} cannot be read: it is a named pipe, a socket or a device, not a regular file", await WhyNot(new SecretFile(Path), "shell"));
    }

    [Fact]
    public async Task A_secret_is_written_beside_the_others_and_replaces_none_unasked()
    {
        var file = new SecretFile(Path);
        Assert.True(await file.WriteAsync("shell", "one", replace: false));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
        await File.AppendAllTextAsync(Path, "# keep\nmail=two\n");
        Assert.False(await file.WriteAsync("shell", "three", replace: false));
        Assert.True(await file.WriteAsync("shell", "three", replace: true));
        Assert.True(await file.WriteAsync("vault", "four", replace: false));
        Assert.Equal("shell=three\n# keep\nmail=two\nvault=four\n", await File.ReadAllTextAsync(Path));
        Assert.Equal(["secrets"], Directory.GetFiles(_folder.Path).Select(System.IO.Path.GetFileName));
    }

    [Fact]
    public async Task A_vault_is_asked_once_for_as_long_as_its_answer_is_kept()
    {
        await using var vault = await StandInVault.StartAsync();
        vault.Answer = context => StandInVault.Items(context, """{"name":"shell two","notes":"no"},{"name":"shell","notes":" abc ","login":{"password":"no"}},{"name":"mail","login":{"password":"def"}}""");
        var secrets = Vault(vault.Url, TimeSpan.FromHours(1));
        Assert.Equal("abc", await secrets.GetAsync("shell", default));
        Assert.Equal("abc", await secrets.GetAsync("shell", default));
        Assert.Equal([("shell", "Bearer t0ken")], vault.Asked);
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
    public async Task With_nothing_kept_a_vault_is_asked_each_time()
    {
        await using var vault = await StandInVault.StartAsync();
        vault.Answer = context => StandInVault.Items(context, """{"name":"a&b c","notes":"abc"}""");
        var secrets = Vault(vault.Url, TimeSpan.Zero);
        await secrets.GetAsync("a&b c", default);
        await secrets.GetAsync("a&b c", default);
        Assert.Equal(["a&b c", "a&b c"], vault.Asked.Select(asked => asked.Search));
    }

    [Theory]
    [InlineData(401, "", "refuses the token (401)")]
    [InlineData(500, "", "answered 500. It is tried again later.")]
    [InlineData(200, "<html>", "is no vault: it sent no JSON.")]
    [InlineData(200, "[]", "item 'shell' not found or has no value.")]
    [InlineData(200, """{"data":{"data":[{"name":"shell","notes":7,"login":[]}]}}""", "item 'shell' not found or has no value.")]
    public async Task A_vault_that_answers_oddly_is_told_as_that(int status, string body, string why)
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
    public async Task A_vault_that_is_not_there_is_told_as_that()
    {
        using var free = new TcpListener(System.Net.IPAddress.Loopback, 0);
        free.Start();
        var port = ((System.Net.IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        Assert.Contains("cannot be reached", await WhyNot(Vault(new($"http://127.0.0.1:{port}"), TimeSpan.Zero), "shell"));
    }

    VaultwardenSecrets Vault(Uri url, TimeSpan kept) => new(_services.GetRequiredService<IHttpClientFactory>(), url, "t0ken", kept, _time);

    void Write(string text)
    {
        _folder.Write("secrets", text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    static async Task<string> WhyNot(IGateSecrets secrets, string reference) =>
        (await Assert.ThrowsAsync<GateSecretException>(() => secrets.GetAsync(reference, default).AsTask())).Message;
}
