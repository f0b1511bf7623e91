using System.Collections.Immutable;
using McpScript.Model;
using McpScript.Sources;

namespace McpScript.Core.Tests.Sources;

public class FolderSnapshotTests
{
    static readonly PluginReference Echo = new("echo");

    [Fact]
    public async Task The_first_source_wins_a_name_and_hidden_plugins_are_listed()
    {
        var (script, dll) = (new NamedSource("script", "Echo", "only"), new NamedSource("dll", "echo", "late"));
        var snapshot = new PluginSources(new(() => []), [script, dll]).Scan();

        Assert.Equal(["Echo", "only", "late"], snapshot.Plugins.Select(location => location.Reference.Name));
        Assert.Equal(("/dll/echo", "/script/Echo"), (snapshot.Shadowed.Single().Hidden.Path, snapshot.Shadowed.Single().By.Path));
        Assert.Equal("script", snapshot.Find(Echo)?.Kind);
        Assert.Equal("script", (await snapshot.GetAsync(Echo, CancellationToken.None)).Location.Kind);
        Assert.Equal("dll", (await snapshot.GetAsync(new("late"), CancellationToken.None)).Location.Kind);
        Assert.Equal(["script", "dll"], snapshot.Overlooked.Select(path => path.Path));
    }

    [Fact]
    public void The_same_file_found_twice_hides_nothing()
    {
        var snapshot = new PluginSources(new(() => []), [new NamedSource("script", "echo"), new NamedSource("script", "echo")]).Scan();
        Assert.Empty(snapshot.Shadowed);
    }

    [Theory]
    [InlineData("echo", "Plugin 'echo' not found")]
    [InlineData("Acme.Echo", "Plugin 'Acme.Echo' not found. If it is a package, install it: mcp-proxy install Acme.Echo")]
    public async Task A_plugin_that_no_source_found_cannot_be_read(string name, string problem)
    {
        var snapshot = new PluginSources(new(() => []), []).Scan();
        var thrown = await Assert.ThrowsAsync<PluginLoadException>(async () => await snapshot.GetAsync(new(name), CancellationToken.None));
        Assert.Equal((PluginStage.Resolve, problem), (thrown.Stage, Assert.Single(thrown.Problems).Message));
        Assert.Null(snapshot.Find(new(name)));
    }

    [Fact]
    public void Every_source_sees_the_same_reading_of_the_folders()
    {
        using var folder = new TempFolder();
        var (one, two) = (new NamedSource("script"), new NamedSource("dll"));
        var snapshot = new PluginSources(new(() => [folder.Path]), [one, two]).Scan();
        Assert.Same(Assert.Single(one.Seen), Assert.Single(two.Seen));
        Assert.Same(one.Seen[0], Assert.Single(snapshot.Folders));
    }

    sealed class NamedSource(string kind, params string[] names) : IPluginSource
    {
        public ImmutableArray<FolderListing> Seen { get; private set; } = [];

        public SourceFindings Find(ImmutableArray<FolderListing> folders)
        {
            Seen = folders;
            return new([.. names.Select(name => new PluginLocation(new(name), kind, $"/{kind}/{name}", $"/{kind}"))])
            {
                Overlooked = [
                new(kind, "/", "no plugin")]
            };
        }

        public ValueTask<PluginImage> GetAsync(PluginLocation location, CancellationToken cancellationToken) =>
            new(new AssemblyImage { Location = location with { Kind = kind }, Assembly = [], Files = [] });
    }
}
