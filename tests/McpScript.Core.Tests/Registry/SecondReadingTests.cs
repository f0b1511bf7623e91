using McpScript.FileSystem;
using McpScript.Model;
using McpScript.Registry;
using McpScript.Sources;

namespace McpScript.Core.Tests.Registry;

public sealed class SecondReadingTests : IDisposable
{
    const string Half = "mcp.Tool(\"work", Whole = "mcp.Tool(\"work\", \"\", () => 1);";

    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_save_that_is_not_through_yet_is_read_again()
    {
        // The writer gets the rest out while the first reading is being compiled.
        var source = new FolderSource(_folder.File("work.csx", Half), meanwhile: path => File.WriteAllText(path, Whole));
        var image = await ReadAsync(source, PluginChangeKind.Refresh);
        Assert.Equal((SourceFile.Read(_folder["work.csx"]), 2), (Assert.Single(image.Files), source.Readings));
    }

    [Fact]
    public async Task What_stays_broken_is_told_as_it_was_read()
    {
        var source = new FolderSource(_folder.File("work.csx", Half));
        await Assert.ThrowsAsync<PluginLoadException>(() => ReadAsync(source, PluginChangeKind.Refresh));
        Assert.Equal(1, source.Readings);
    }

    [Fact]
    public async Task It_is_read_again_once_and_not_for_as_long_as_somebody_writes()
    {
        var source = new FolderSource(_folder.File("work.csx", Half), meanwhile: path => File.AppendAllText(path, "."));
        await Assert.ThrowsAsync<PluginLoadException>(() => ReadAsync(source, PluginChangeKind.Refresh));
        Assert.Equal(2, source.Readings);
    }

    [Theory]
    [InlineData(PluginChangeKind.Reload, 0)]
    [InlineData(PluginChangeKind.Load, 0)]
    [InlineData(PluginChangeKind.Refresh, -1)]
    public async Task What_is_asked_for_by_hand_or_was_saved_long_ago_waits_for_nothing(PluginChangeKind kind, int hours)
    {
        var source = new FolderSource(_folder.File("work.csx", Half));
        File.SetLastWriteTimeUtc(_folder["work.csx"], DateTime.UtcNow.AddHours(hours));
        await Assert.ThrowsAsync<PluginLoadException>(() => ReadAsync(source, kind, new NoTimers()));
    }

    static Task<PluginImage> ReadAsync(FolderSource source, PluginChangeKind kind, TimeProvider? time = null)
    {
        var sources = new PluginSources([source]);
        return new SecondReading(sources, time ?? new HurriedTimers()).GetAsync(new(new("work"), kind), sources.Look(), CancellationToken.None).AsTask();
    }

    /// <summary>One plugin of one file, which is broken as long as its text is not whole.</summary>
    sealed class FolderSource(string path, Action<string>? meanwhile = null) : IPluginSource
    {
        readonly PluginLocation _location = new(new("work"), "script", path, Path.GetDirectoryName(path)!);

        public int Readings { get; private set; }

        public IEnumerable<PluginLocation> Find() => [_location];

        public ValueTask<PluginImage> GetAsync(PluginLocation location, CancellationToken cancellationToken)
        {
            Readings++;
            var (text, file) = (File.ReadAllText(path), SourceFile.Read(path));
            meanwhile?.Invoke(path);
            return text == Whole
                ? new(new PluginImage { Location = location, Assembly = [], Files = [file] })
                : throw new PluginLoadException(location.Reference, PluginStage.Compile, [new("half")]) { Files = [file] };
        }
    }

    /// <summary>A clock that nobody may wait on.</summary>
    sealed class NoTimers : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => throw new InvalidOperationException("somebody waits");
    }
}
