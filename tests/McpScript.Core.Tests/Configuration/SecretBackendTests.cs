using McpScript.Gates;

namespace McpScript.Core.Tests.Configuration;

public sealed class SecretBackendTests : IDisposable
{
    readonly TempFolder _folder = new();

    string Path => _folder["secrets"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_variable_is_a_secret_and_an_empty_one_counts_as_missing()
    {
        var secrets = new EnvironmentSecrets(name => name switch { "SHELL" => " abc ", "EMPTY" => " ", _ => null });
        Assert.Equal("abc", await secrets.GetAsync("SHELL", default));
        foreach (var name in new[] { "EMPTY", "NOPE" })
            Assert.Equal($"Environment variable '{name}' not set.", await WhyNot(secrets, name));
    }

    [Fact]
    public async Task A_file_is_read_again_each_time()
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
        Assert.Equal(
            $"Gate: secret file {Path} is readable by group/others, so its secrets are not used. Run: chmod 600 {Path}",
            await WhyNot(new SecretFile(Path), "shell"));
        File.SetUnixFileMode(Path, UnixFileMode.UserRead);
        Assert.Equal("abc", await new SecretFile(Path).GetAsync("shell", default));
    }

    [Fact]
    public async Task A_missing_file_is_reported_with_the_fix() =>
        Assert.Equal($"Gate secret file not found: {Path}\nCreate it with: touch {Path} && chmod 600 {Path}", await WhyNot(new SecretFile(Path), "shell"));

    [Fact, Trait("Fault", "A21")]
    public async Task A_named_pipe_is_not_waited_for()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Pipes stand in the file system on Unix only.");
        NamedPipe.Create(Path);
        Assert.Equal(
            $"Gate: secret file {Path} cannot be read: it is a named pipe, a socket or a device, not a regular file",
            await WhyNot(new SecretFile(Path), "shell"));
    }

    [Fact]
    public async Task A_secret_is_added_to_the_others_and_replaces_none_unless_requested()
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

    void Write(string text)
    {
        _folder.File("secrets", text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    static async Task<string> WhyNot(IGateSecrets secrets, string reference) =>
        (await Assert.ThrowsAsync<GateSecretException>(() => secrets.GetAsync(reference, default).AsTask())).Message;
}
