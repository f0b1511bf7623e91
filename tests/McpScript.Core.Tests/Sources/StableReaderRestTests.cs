using McpScript.Sources;

namespace McpScript.Core.Tests.Sources;

/// <summary>Waits of a <see cref="StableReader"/> for files that still change.</summary>
public class StableReaderRestTests
{
    static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(10);

    [Fact]
    public async Task Stable_and_missing_files_are_waited_for_once()
    {
        using var folder = new TempFolder();
        var reader = TestSources.Reader(new ImmediateTimers());

        Assert.True(await reader.RestAsync([folder.File("a.csx", "x"), folder["none.csx"]], Quiet, CancellationToken.None));
        Assert.True(await reader.RestAsync([], Quiet, CancellationToken.None));
    }

    [Theory]
    [InlineData("lib")]
    [InlineData("lib/inner.dll")]
    public async Task A_file_that_never_becomes_stable_is_given_up_and_later_stable_files_are_waited_for(string watchedPath)
    {
        using var folder = new TempFolder();
        folder.File("lib/inner.dll", "");
        var isBuilding = true;
        var reader = TestSources.Reader(new ImmediateTime(() =>
        {
            if (isBuilding)
                File.AppendAllText(folder["lib/inner.dll"], "more");
        }));

        Assert.False(await reader.RestAsync([folder[watchedPath]], Quiet, CancellationToken.None));

        isBuilding = false;
        Assert.True(await reader.RestAsync([folder[watchedPath]], Quiet, CancellationToken.None));
    }

    [Fact]
    public async Task Waiting_can_be_cancelled()
    {
        using var folder = new TempFolder();
        var waiting = TestSources.Reader(TimeProvider.System)
            .RestAsync([folder.File("a.csx", "x")], TimeSpan.FromMinutes(10), new CancellationToken(canceled: true));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Theory]
    [InlineData(60, true)]
    [InlineData(0, false)]
    [InlineData(-60, false)]
    public void A_file_is_stable_once_older_than_the_quiet_time_and_never_with_a_time_in_the_future(int secondsAhead, bool isAtRest)
    {
        using var folder = new TempFolder();
        var reader = TestSources.Reader(new ImmediateTimers(ahead: TimeSpan.FromSeconds(secondsAhead)));

        Assert.Equal(isAtRest, reader.IsAtRest(folder.File("lib/a.dll", "x"), TimeSpan.FromSeconds(30)));
        Assert.Equal(isAtRest, reader.IsAtRest(folder["lib"], TimeSpan.FromSeconds(30)));
        Assert.True(reader.IsAtRest(folder["none"], TimeSpan.FromSeconds(30)));
    }

    /// <summary>A clock on which half a second passes, and something happens, each time it is read. Its timers are due at once.</summary>
    sealed class ImmediateTime(Action happen) : TimeProvider
    {
        long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp()
        {
            happen();
            return _now += TimeSpan.TicksPerSecond / 2;
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
