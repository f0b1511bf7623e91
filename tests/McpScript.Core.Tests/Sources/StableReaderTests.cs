using McpScript.FileSystem;
using McpScript.Model;
using McpScript.Sources;

namespace McpScript.Core.Tests.Sources;

public sealed class StableReaderTests : IDisposable
{
    const string Half = "mcp.Tool(\"work", Whole = "mcp.Tool(\"work\", \"\", () => 1);", Other = "mcp.Tool(\"other\", \"\", () => 1);";

    static readonly PluginReference Work = new("work");

    static readonly FolderSnapshot Nothing = new([], []);

    // A clock that is behind the files: however long a busy machine takes, they were written a moment ago.
    static readonly TimeSpan Behind = TimeSpan.FromMinutes(-1);

    readonly TempFolder _folder = new();

    string Script => _folder["work.csx"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_changed_script_must_be_stable_for_10_ms_and_a_build_for_250()
    {
        var time = new ImmediateTimers(ahead: Behind);
        Assert.False(await SettleAsync(Reader(time), Nothing, [], _folder.File("work.csx", Whole)));
        Assert.Equal([10], Milliseconds(time));

        var build = new ImmediateTimers(ahead: Behind);
        Assert.True(await SettleAsync(Reader(build), Scan(new(_folder.File("lib/lib.dll", "MZ"), PluginKinds.DllFolder)), [Work]));
        Assert.Equal([250], Milliseconds(build));

        var old = new ImmediateTimers(ahead: TimeSpan.FromHours(1));
        Assert.False(await SettleAsync(Reader(old), Scan(new(_folder["lib/lib.dll"], PluginKinds.DllFolder)), [Work]));
        Assert.Empty(old.Waits);
    }

    [Fact]
    public async Task An_empty_script_is_accepted_only_after_a_delay_because_a_save_begins_by_emptying_it()
    {
        _folder.File("work.csx", "");
        // The writer continues once the wait is longer than the one for scripts.
        var time = new ImmediateTimers(wait =>
        {
            if (wait.TotalMilliseconds > 10 && new FileInfo(Script).Length == 0)
                _folder.File("work.csx", "mcp.Tool(");
        }, Behind);

        await SettleAsync(Reader(time), Nothing, [], Script);

        Assert.NotEqual(0, new FileInfo(Script).Length);
        // Once as any script, once for being empty, and then until the text has come to rest.
        Assert.Equal([10, 250, 250], Milliseconds(time));
    }

    [Fact]
    public async Task A_new_empty_script_is_waited_for_too_and_one_that_has_been_empty_for_long_is_not()
    {
        var snapshot = Scan(Source(""));
        var time = new ImmediateTimers(ahead: Behind);
        await SettleAsync(Reader(time), snapshot, [Work]);
        Assert.Equal([250], Milliseconds(time));

        var later = new ImmediateTimers(ahead: TimeSpan.FromHours(1));
        await SettleAsync(Reader(later), snapshot, [Work]);
        Assert.Empty(later.Waits);
    }

    [Fact]
    public async Task A_configuration_file_is_read_once_it_is_stable_and_an_unchanged_one_immediately()
    {
        var file = SourceFile.Read(_folder.File("proxy.yaml", "watch: true"));
        var time = new ImmediateTimers(wait => _folder.File("proxy.yaml", "watch: false"));
        Assert.Same(file, await Reader(time).ReadAsync(file, CancellationToken.None));
        Assert.Empty(time.Waits);

        _folder.File("proxy.yaml", "w");
        Assert.Equal(SourceFile.Of(file.Path, "watch: false"u8), await Reader(time).ReadAsync(file, CancellationToken.None));
    }

    [Fact]
    public async Task A_reading_begun_during_the_wait_is_used_once_if_no_file_has_changed_since()
    {
        var source = Source(Whole);
        var (reader, snapshot) = (Reader(), Scan(source));
        await SettleAsync(reader, snapshot, [Work]);
        await source.First;

        var image = await GetAsync(reader, snapshot);
        Assert.Equal(SourceFile.Read(Script), Assert.Single(image.Files));
        Assert.Equal(1, source.Readings);
        await GetAsync(reader, snapshot);
        Assert.Equal(2, source.Readings);
    }

    [Theory]
    [InlineData(Half)]
    [InlineData(Other)]
    public async Task A_reading_that_was_begun_too_early_is_repeated(string early)
    {
        var source = Source(early);
        var (reader, snapshot) = (Reader(), Scan(source));
        await SettleAsync(reader, snapshot, [Work]);
        await source.First;
        _folder.File("work.csx", Whole);

        var image = await GetAsync(reader, snapshot);
        Assert.Equal(SourceFile.Read(Script), Assert.Single(image.Files));
        Assert.Equal(2, source.Readings);
    }

    [Theory]
    [InlineData(PluginKinds.Dll, "work.dll")]
    [InlineData(PluginKinds.DllFolder, "work.dll")]
    [InlineData(PluginKinds.Package, "work.nupkg")]
    public async Task A_plugin_that_is_built_elsewhere_is_not_read_ahead(string kind, string file)
    {
        var source = new FileSource(_folder.File(file, Whole), kind);
        var (reader, snapshot) = (Reader(), Scan(source));
        await SettleAsync(reader, snapshot, [Work, new("none")]);
        await GetAsync(reader, snapshot);
        Assert.Equal(1, source.Readings);
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(5, false)]
    public async Task More_scripts_than_a_person_saves_at_once_are_not_begun(int scripts, bool areBegun)
    {
        var source = Source(Whole);
        await SettleAsync(Reader(), Scan(source), Enumerable.Repeat(Work, scripts));
        Assert.Equal(areBegun, source.Readings > 0);
    }

    [Fact]
    public async Task A_save_that_is_not_finished_is_read_again()
    {
        // The writer writes the rest while the first reading is being compiled.
        var source = Source(Half, path => File.WriteAllText(path, Whole));
        var image = await GetAsync(Reader(), Scan(source));
        Assert.Equal(SourceFile.Read(Script), Assert.Single(image.Files));
        Assert.Equal(2, source.Readings);
    }

    [Fact]
    public async Task A_script_that_changed_while_it_compiled_is_read_again_also_when_loaded_by_hand()
    {
        var source = Source(Other, path => File.WriteAllText(path, Whole));
        var image = await GetAsync(Reader(), Scan(source), mayBeHalfWritten: false);
        Assert.Equal(SourceFile.Read(Script), Assert.Single(image.Files));
        Assert.Equal(2, source.Readings);
    }

    [Fact]
    public async Task A_script_that_stays_broken_is_reported_as_it_was_read()
    {
        var source = Source(Half);
        await Assert.ThrowsAsync<PluginLoadException>(() => GetAsync(Reader(), Scan(source)));
        Assert.Equal(1, source.Readings);
    }

    [Fact]
    public async Task A_script_is_read_again_once_and_not_for_as_long_as_it_is_written()
    {
        var source = Source(Half, path => File.AppendAllText(path, "."));
        await Assert.ThrowsAsync<PluginLoadException>(() => GetAsync(Reader(), Scan(source)));
        Assert.Equal(2, source.Readings);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, -1)]
    public async Task A_script_that_is_loaded_by_hand_or_was_saved_long_ago_is_read_without_a_wait(bool mayBeHalfWritten, int hours)
    {
        var source = Source(Half);
        File.SetLastWriteTimeUtc(Script, DateTime.UtcNow.AddHours(hours));
        await Assert.ThrowsAsync<PluginLoadException>(() => GetAsync(Reader(new NoTimers()), Scan(source), mayBeHalfWritten));
    }

    FileSource Source(string text, Action<string>? meanwhile = null) => new(_folder.File("work.csx", text), PluginKinds.Script, meanwhile);

    static StableReader Reader(TimeProvider? time = null) => TestSources.Reader(time ?? new ImmediateTimers());

    static FolderSnapshot Scan(FileSource source) => TestSources.Of(source).Scan();

    static Task<PluginImage> GetAsync(StableReader reader, FolderSnapshot snapshot, bool mayBeHalfWritten = true) =>
        reader.GetAsync(snapshot, Work, mayBeHalfWritten, CancellationToken.None).AsTask();

    static Task<bool> SettleAsync(StableReader reader, FolderSnapshot snapshot, IEnumerable<PluginReference> plugins, params string[] changed) =>
        reader.SettleAsync(snapshot, plugins, changed.ToHashSet(), CancellationToken.None);

    static IEnumerable<double> Milliseconds(ImmediateTimers time) => time.Waits.Select(wait => wait.TotalMilliseconds);

    /// <summary>One plugin of one file, which is broken if its text is only a half.</summary>
    sealed class FileSource(string path, string kind, Action<string>? meanwhile = null) : IPluginSource
    {
        readonly PluginLocation _location = new(Work, kind, path, Path.GetDirectoryName(path)!);
        readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Readings { get; private set; }

        /// <summary>Completes when the file has been read once.</summary>
        public Task First => _first.Task;

        public SourceFindings Find(System.Collections.Immutable.ImmutableArray<FolderListing> folders) => new([_location]);

        public ValueTask<PluginImage> GetAsync(PluginLocation location, CancellationToken cancellationToken)
        {
            Readings++;
            var (text, file) = (File.ReadAllText(path), SourceFile.Read(path));
            _first.TrySetResult();
            meanwhile?.Invoke(path);
            return text == Whole || text == Other
                ? new(new AssemblyImage { Location = location, Assembly = [], Files = [file] })
                : throw new PluginLoadException(location.Reference, PluginStage.Compile, [new("half")]) { Files = [file] };
        }
    }

    /// <summary>A clock that fails a test that waits.</summary>
    sealed class NoTimers : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            throw new InvalidOperationException("Nothing may wait here.");
    }
}
