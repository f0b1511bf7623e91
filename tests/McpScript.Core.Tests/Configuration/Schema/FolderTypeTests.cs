namespace McpScript.Core.Tests.Configuration.Schema;

public sealed class FolderTypeTests : IDisposable
{
    readonly ConfigFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait("Fault", "C2")]
    public void A_folder_below_one_without_access_is_not_reported_as_missing()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "needs a user who may not enter every folder");
        if (OperatingSystem.IsWindows())
            return;
        _folder.Folder("closed/plugins");
        File.SetUnixFileMode(_folder.PathOf("closed"), UnixFileMode.None);
        try
        {
            Assert.EndsWith(
                "'closed/plugins' may not be entered by this user; let the user list and enter it and the folders above it, or correct the path",
                Assert.Single(_folder.ProblemsOf(commandLine: new() { PluginDirs = ["closed/plugins"] })));
        }
        finally
        {
            File.SetUnixFileMode(_folder.PathOf("closed"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
