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
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(() =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
                File.WriteAllText(folder["lib/inner.dll"], $"{i}");
        });
        var readings = new FileReadings(new HurriedTime());

        Assert.False(await readings.SettleAsync([folder[watchedPath]], TimeSpan.FromMilliseconds(50), CancellationToken.None));

        await stop.CancelAsync();
        await writing;
        Assert.True(await readings.SettleAsync([folder[watchedPath]], Quiet, CancellationToken.None));
    }

    [Fact]
    public async Task Settling_can_be_cancelled()
    {
        using var folder = new TempFolder();
        var settling = new FileReadings(TimeProvider.System).SettleAsync([folder.File("a.csx", "x")], TimeSpan.FromMinutes(10), new CancellationToken(canceled: true));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => settling);
    }

    /// <summary>A clock that a test need not wait for: between two looks at it, half a second goes by. Its timers are the real ones.</summary>
    sealed class HurriedTime : TimeProvider
    {
        long now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => now += TimeSpan.TicksPerSecond / 2;
    }
}
