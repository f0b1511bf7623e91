namespace McpScript.Watching;

public class SettlingTests
{
    static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(10);

    [Fact]
    public async Task Files_that_rest_are_settled_and_missing_ones_too()
    {
        using var folder = new TempFolder();
        var readings = new FileReadings(TimeProvider.System);

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
        var readings = new FileReadings(new HurriedTime(() =>
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
        var settling = new FileReadings(TimeProvider.System).SettleAsync([folder.File("a.csx", "x")], TimeSpan.FromMinutes(10), new CancellationToken(canceled: true));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => settling);
    }

    /// <summary>A clock that a test need not wait for: at each look half a second has gone by, and something has happened. Its timers are the real ones.</summary>
    sealed class HurriedTime(Action happen) : TimeProvider
    {
        long now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp()
        {
            happen();
            return now += TimeSpan.TicksPerSecond / 2;
        }
    }
}
