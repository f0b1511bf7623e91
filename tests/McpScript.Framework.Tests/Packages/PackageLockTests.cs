using McpScript.Packages;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpScript.Framework.Tests.Packages;

public sealed class PackageLockTests : IDisposable
{
    static readonly string s_hash = new('a', 64);

    readonly string _folder = Directory.CreateTempSubdirectory("mcpscript-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    string File => Path.Combine(_folder, PackageLock.FileName);

    PackageLock Open() => new(() => _folder, NullLogger<PackageLock>.Instance);

    InstalledPackage Package(string id, string version = "1.0.0") => new()
    {
        Id = id, Version = version, Requested = "*", Sources = [Path.Combine(_folder, "..", "feed"), "https://feed.example/v3/index.json"], Packages = [new("A.Part", "2.0.0", s_hash), new(id, version, s_hash)],
    };

    static void Settle(PackageLock installed, InstalledPackage package)
    {
        installed.Propose(package.Id, package);
        installed.Settle(package.Id);
    }

    [Fact]
    public void What_is_written_is_read_again_and_holds_no_path_of_this_machine()
    {
        Settle(Open(), Package("Contoso.Tools"));
        var text = System.IO.File.ReadAllText(File);
        Assert.DoesNotContain(_folder, text);
        Assert.Contains("\"../feed\"", text);
        var read = Open().Find("contoso.tools")!;
        Assert.Equal("Contoso.Tools 1.0.0 *", $"{read.Id} {read.Version} {read.Requested}");
        Assert.True(read.IsSameAs(Package("Contoso.Tools")));
        Assert.Equal([Path.GetFullPath(Path.Combine(_folder, "..", "feed")), "https://feed.example/v3/index.json"], read.Sources);
    }

    [Fact]
    public void A_proposal_counts_and_is_not_written_and_one_package_is_written_without_the_proposals_for_others()
    {
        var installed = Open();
        Settle(installed, Package("A"));
        installed.Propose("B", Package("B"));
        Assert.Equal(["A", "B"], installed.Packages.Select(package => package.Id));
        Assert.Null(Open().Find("B"));

        Settle(installed, Package("C"));
        Assert.Equal(["A", "C"], Open().Packages.Select(package => package.Id));
        installed.Withdraw("B");
        installed.Propose("a", null);
        Assert.Equal(["C"], installed.Packages.Select(package => package.Id));
        installed.Settle("a");
        Assert.Equal(["C"], Open().Packages.Select(package => package.Id));
    }

    [Theory]
    [InlineData("<<<<<<< HEAD\n{}")]
    [InlineData("""{"version":1,"plugins":{"Contoso.Tools":{"version":"1.0.0","requested":"*"}}}""")]
    [InlineData("""{"version":1,"plugins":{"Contoso.Tools":{"version":"1.0.0","requested":"*","packages":{"../evil":{"version":"1.0.0","sha256":"AA"}}}}}""")]
    public void While_it_is_broken_what_it_said_stays_true_and_nothing_is_written_over_it(string broken)
    {
        var installed = Open();
        Settle(installed, Package("Contoso.Tools"));
        System.IO.File.WriteAllText(File, broken);
        Assert.Equal(["Contoso.Tools"], installed.Packages.Select(package => package.Id));
        Assert.Contains("cannot be understood, so nothing is written to it", Assert.Throws<PackageException>(installed.CheckWritable).Message);
        Assert.Equal(broken, System.IO.File.ReadAllText(File));
    }

    [Fact]
    public void A_project_s_own_lock_file_lists_no_plugins_and_stays_as_it_is()
    {
        System.IO.File.WriteAllText(File, """{"version":1,"dependencies":{"net10.0":{}}}""");
        Assert.Empty(Open().Packages);
        Assert.Contains("is the lock file of a .NET project", Assert.Throws<PackageException>(Open().CheckWritable).Message);
    }

    [Fact]
    public void Without_a_plugin_folder_nothing_is_installed_and_nothing_can_be()
    {
        var installed = new PackageLock(() => null, NullLogger<PackageLock>.Instance);
        Assert.Empty(installed.Packages);
        Assert.Contains("There is no plugin folder", Assert.Throws<PackageException>(installed.CheckWritable).Message);
    }
}
