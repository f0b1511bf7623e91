using McpScript.FileSystem;
using McpScript.Model;
using McpScript.Reconcile;

namespace McpScript.Core.Tests.Reconcile;

public class SettlingTests
{
    static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(10);

    // A clock that is behind the files: whatever a busy machine takes, they were written a moment ago.
    static readonly TimeSpan s_behind = TimeSpan.FromMinutes(-1);

    [Fact]
    public async Task Files_that_rest_are_settled_and_missing_ones_too()
    {
        using var folder = new TempFolder();
        var readings = new FileHashCache(new HurriedTimers());

        Assert.True(await readings.SettleAsync([folder.File("a.csx", "x"), folder["none.csx"]], Quiet, CancellationToken.None));
        Assert.True(await readings.SettleAsync([], Quiet, CancellationToken.None));
    }

    [Theory]
    [InlineData("lib")]
    [InlineData("lib/inner.dll")]
    public async Task What_never_rests_is_given_up_on_and_what_rests_afterwards_is_settled(string watchedPath)
    {
        using var folder = new TempFolder();
        folder.File("lib/inner.dll", "");
        var isBuilding = true;
        var readings = new FileHashCache(new HurriedTime(() =>
        {
            if (isBuilding)
                File.AppendAllText(folder["lib/inner.dll"], "more");
        }));

        Assert.False(await readings.SettleAsync([folder[watchedPath]], Quiet, CancellationToken.None));

        isBuilding = false;
        Assert.True(await readings.SettleAsync([folder[watchedPath]], Quiet, CancellationToken.None));
    }

    [Fact]
    public async Task Settling_can_be_cancelled()
    {
        using var folder = new TempFolder();
        var settling = new FileHashCache(TimeProvider.System).SettleAsync([folder.File("a.csx", "x")], TimeSpan.FromMinutes(10), new CancellationToken(canceled: true));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => settling);
    }

    [Fact]
    public async Task An_empty_script_is_believed_only_after_a_while_because_a_save_begins_by_emptying_it()
    {
        using var folder = new TempFolder();
        var path = folder.File("work.csx", "");
        // The writer gets on while somebody waits for longer than scripts are waited for.
        var time = new HurriedTimers(wait =>
        {
            if (wait > Quiet && new FileInfo(path).Length == 0)
                folder.File("work.csx", "mcp.Tool(");
        }, s_behind);

        await new Settling(new HashSet<string> { path }, [], []).WaitAsync(new FileHashCache(time), CancellationToken.None);

        Assert.NotEqual(0, new FileInfo(path).Length);
        // Once as any script, once for being empty, and then until the text has come to rest.
        Assert.Equal([10, 250, 250], time.Waits.Select(wait => wait.TotalMilliseconds));
    }

    [Fact]
    public async Task A_new_plugins_script_is_waited_for_too_and_one_that_has_been_empty_for_long_is_not()
    {
        using var folder = new TempFolder();
        var place = new PluginLocation(new("work"), "script", folder.File("work.csx", ""), folder.Path);
        var time = new HurriedTimers(ahead: s_behind);
        await new Settling(new HashSet<string>(), [place], []).WaitAsync(new FileHashCache(time), CancellationToken.None);
        Assert.Equal([250], time.Waits.Select(wait => wait.TotalMilliseconds));

        var later = new HurriedTimers(ahead: TimeSpan.FromHours(1));
        await new Settling(new HashSet<string>(), [place], []).WaitAsync(new FileHashCache(later), CancellationToken.None);
        Assert.Empty(later.Waits);
    }

    [Fact]
    public void A_plugin_that_was_found_and_is_offered_no_longer_has_vanished()
    {
        using var folder = new TempFolder();
        var place = new PluginLocation(new("work"), "script", folder["work.csx"], folder.Path);
        var settling = new Settling(new HashSet<string>(), [place], []);
        HashSet<PluginReference> before = [new("work")], renamed = [new("other")];
        Assert.False(settling.HasVanished(new("work"), before));
        Assert.True(settling.HasVanished(new("work"), renamed));
        Assert.False(settling.HasVanished(new("other"), renamed));
        // It was never there: that is to be told.
        Assert.False(settling.HasVanished(new("wanted"), renamed));
    }

    /// <summary>A clock that a test need not wait for: at each look half a second has gone by, and something has happened. Its timers are due at once.</summary>
    sealed class HurriedTime(Action happen) : TimeProvider
    {
        long now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp()
        {
            happen();
            return now += TimeSpan.TicksPerSecond / 2;
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
