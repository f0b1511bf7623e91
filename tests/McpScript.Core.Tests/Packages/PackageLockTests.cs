using McpScript.Packages;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpScript.Core.Tests.Packages;

public sealed class PackageLockTests : IDisposable
{
    static readonly string Hash = new('a', 64);

    readonly string _folder = Directory.CreateTempSubdirectory("mcpscript-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    string File => Path.Combine(_folder, PackageLock.FileName);

    PackageLock Open() => new(() => _folder, NullLogger<PackageLock>.Instance);

    InstalledPackage Package(string id, string version = "1.0.0") => new()
    {
        Id = id, Version = version, Requested = "*", Sources = [Path.Combine(_folder, "..", "feed"), "https://feed.example/v3/index.json"],
        Packages = [new("A.Part", "2.0.0", Hash), new(id, version, Hash)],
    };

    static void Settle(PackageLock installed, InstalledPackage package)
    {
        installed.Propose(package.Id, package);
        installed.Settle(package.Id);
    }

    [Fact]
    public void A_written_lock_file_is_read_again_and_contains_no_path_of_this_machine()
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
    public void A_proposal_counts_but_is_not_written_with_the_entry_of_another_package()
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
    [InlineData("""{"version":1,"plugins":{"Contoso.Tools":null}}""")]
    [InlineData("""{"version":1,"plugins":{"Contoso.Tools":{"version":"1.0.0","requested":"*","packages":{"A":null}}}}""")]
    [InlineData("""{"version":1,"plugins":{"Contoso.Tools":{"version":"1.0.0","requested":"*","sources":[null],"packages":{}}}}""")]
    [InlineData("""{"version":1,"plugins":{"Contoso.Tools":{"version":"1.0.0","requested":"*"}}}""")]
    [InlineData("""{"version":1,"plugins":{"Contoso.Tools":{"version":"1.0.0","requested":"*","packages":{"../evil":{"version":"1.0.0","sha256":"AA"}}}}}""")]
    public void A_broken_lock_file_keeps_its_last_content_and_is_not_overwritten(string broken)
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
    public void Without_a_plugin_folder_nothing_is_installed_and_nothing_can_be_installed()
    {
        var installed = new PackageLock(() => null, NullLogger<PackageLock>.Instance);
        Assert.Empty(installed.Packages);
        Assert.Contains("There is no plugin folder", Assert.Throws<PackageException>(installed.CheckWritable).Message);
    }

    // Not writable by any user, root included.
    const string ReadOnly = "/proc";

    PackageLock OpenReadOnly(string folder = ReadOnly) => new(() => folder, NullLogger<PackageLock>.Instance, _folder);

    static InstalledPackage Feedless(string id, string version = "1.0.0") =>
        new() { Id = id, Version = version, Requested = "*", Sources = [], Packages = [new(id, version, Hash)] };

    [Fact, Trait("Fault", "Operators")]
    public void With_a_read_only_plugin_folder_installed_packages_are_recorded_in_the_state_folder()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "It needs a folder in which not even root may write.");
        var installed = OpenReadOnly();
        installed.CheckWritable();
        Settle(installed, Feedless("Contoso.Tools"));
        Assert.Equal([File], Directory.GetFiles(_folder));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
        Assert.Equal(["Contoso.Tools"], OpenReadOnly().Packages.Select(package => package.Id));

        installed.Propose("Contoso.Tools", null);
        installed.Settle("Contoso.Tools");
        Assert.Empty(OpenReadOnly().Packages);
    }

    [Fact, Trait("Fault", "Operators")]
    public void The_state_folder_of_another_plugin_folder_is_neither_read_nor_written()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "It needs a folder in which not even root may write.");
        Settle(OpenReadOnly(), Feedless("Contoso.Tools"));
        var other = OpenReadOnly("/sys");
        Assert.Empty(other.Packages);
        Assert.Contains("of another plugin folder, '/proc'", Assert.Throws<PackageException>(other.CheckWritable).Message);
    }

    [Fact, Trait("Fault", "Operators")]
    public void Of_a_package_in_both_files_the_entry_of_the_plugin_folder_wins_and_is_logged()
    {
        var plugins = Directory.CreateDirectory(Path.Combine(_folder, "plugins")).FullName;
        var log = new LogLines<PackageLock>();
        PackageLock Both() => new(() => plugins, log, _folder);
        System.IO.File.WriteAllText(File, LockFileText.Write([Feedless("A", "1.0.0"), Feedless("B", "1.0.0")], plugins, plugins));
        System.IO.File.WriteAllText(Path.Combine(plugins, PackageLock.FileName), LockFileText.Write([Feedless("A", "2.0.0")], plugins));

        var installed = Both();
        Assert.Equal(["A 2.0.0", "B 1.0.0"], installed.Packages.Select(package => $"{package.Id} {package.Version}"));
        Assert.Equal(2, installed.Packages.Length);
        Assert.Contains("Package 'A' differs", Assert.Single(log.Lines));

        // The folder can be written: what is settled goes there, and is in no other file then.
        Settle(installed, Feedless("B", "3.0.0"));
        Assert.Equal(["A 2.0.0", "B 3.0.0"],
            new PackageLock(() => plugins, NullLogger<PackageLock>.Instance).Packages.Select(package => $"{package.Id} {package.Version}"));
        Assert.DoesNotContain("\"B\"", System.IO.File.ReadAllText(File));
    }

    [Theory]
    [InlineData("<<<<<<< HEAD\n{}")]
    [InlineData("[]")]
    public void While_the_file_of_the_state_folder_is_broken_its_packages_stay_installed(string broken)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "It needs a folder in which not even root may write.");
        var installed = OpenReadOnly();
        Settle(installed, Feedless("Contoso.Tools"));
        System.IO.File.WriteAllText(File, broken);
        Assert.Equal(["Contoso.Tools"], installed.Packages.Select(package => package.Id));
        Assert.Contains("cannot be understood", Assert.Throws<PackageException>(installed.CheckWritable).Message);
    }
}
