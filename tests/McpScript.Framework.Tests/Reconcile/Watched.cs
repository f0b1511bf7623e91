using McpScript.FileSystem;
using McpScript.Testing;

namespace McpScript.Framework.Tests.Reconcile;

/// <summary>Hints and readings as a consumer uses them, for tests: files are read only after a hint, so a change without a hint stays unseen.</summary>
sealed class Watched : IAsyncDisposable
{
    static TimeSpan Patience => WaitLimits.Event;

    readonly string[] _roots, _files;

    Watched(FileWatcher hints, string[] roots, string[] files) => (Hints, _roots, _files) = (hints, roots, files);

    public static FileWatcherOptions Quick { get; } = new() { PollInterval = TimeSpan.FromMilliseconds(30), RescanInterval = TimeSpan.Zero };

    public static FileWatcherOptions QuickPolling { get; } = Quick with { AlwaysPoll = true };

    // So slow that only an event can be the reason for a hint.
    public static FileWatcherOptions EventsOnly { get; } = Quick with { PollInterval = TimeSpan.FromMinutes(10) };

    public FileWatcher Hints { get; }

    public FileHashCache Readings { get; } = new(TimeProvider.System);

    /// <summary>Watches, and takes the hint that the watching itself is.</summary>
    public static Task<Watched> StartAsync(FileWatcherOptions options, string[] roots, params string[] files) =>
        StartAsync(new FileWatcher(options, TimeProvider.System, new LogLines<FileWatcher>()), roots, files);

    public static async Task<Watched> StartAsync(FileWatcher hints, string[] roots, params string[] files)
    {
        var watched = new Watched(hints, roots, files);
        hints.Watch(roots, files);
        await watched.NextAsync();
        return watched;
    }

    public async Task<FileChanges> NextAsync()
    {
        using var giveUp = new CancellationTokenSource(Patience);
        return await Hints.WaitAsync(null, giveUp.Token);
    }

    /// <summary>Takes hints until the condition holds; cancelled if no more hints come.</summary>
    public async Task<HashSet<string>> UntilAsync(Func<bool> condition)
    {
        var paths = new HashSet<string>();
        do
        {
            paths.UnionWith((await NextAsync()).Paths);
            Hints.Watch(_roots, _files);
        }
        while (!condition());
        return paths;
    }

    /// <summary>Takes hints until the file reads like this.</summary>
    public Task<HashSet<string>> UntilReadsAsync(string path, string content) =>
        UntilAsync(() => Readings.Read(path) == SourceFile.Of(path, System.Text.Encoding.UTF8.GetBytes(content)));

    public Task<HashSet<string>> UntilGoneAsync(string path) => UntilAsync(() => Readings.Read(path).Hash is null);

    public ValueTask DisposeAsync() => Hints.DisposeAsync();
}
