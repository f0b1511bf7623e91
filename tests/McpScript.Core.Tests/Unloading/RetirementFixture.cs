using McpScript.Unloading;

namespace McpScript.Core.Tests.Unloading;

/// <summary>Base of the tests of the retirement: one plugin that records how it ends, and a clock that the test advances.</summary>
public abstract class RetirementFixture : IAsyncDisposable
{
    private protected static readonly string[] All = ["retiring", "unloading", "disposed", "unloaded"];

    private protected readonly RetirementOptions _options = new()
    {
        UnloadDrain = TimeSpan.FromSeconds(30), CancelGrace = TimeSpan.FromSeconds(5), CollectGrace = TimeSpan.FromSeconds(10),
    };

    private protected readonly WatchedTime _time = new();
    private protected readonly RecordedLog<Retirement> _log = new();
    private protected readonly Retirement _retirement;
    private protected readonly EndingPlugin _plugin;

    protected RetirementFixture()
    {
        _retirement = Retirement(_options);
        _plugin = new("slow", _time);
    }

    public ValueTask DisposeAsync() => _retirement.DisposeAsync();

    private protected Task FinishedAsync() => _retirement.FinishAsync(new(TimeSpan.FromDays(1), _time)).Soon();

    // A step before the end, at which nothing may happen yet: each event carries the time at which it happened.
    private protected async Task PassInTwoStepsAsync(TimeSpan due, int count = 1)
    {
        await _time.TimerAsync(due, count);
        AdvanceInTwoSteps(due);
    }

    private protected void AdvanceInTwoSteps(TimeSpan by)
    {
        _time.Advance(by - TimeSpan.FromMilliseconds(1));
        _time.Advance(TimeSpan.FromMilliseconds(1));
    }

    private protected Retirement Retirement(RetirementOptions options) => new(options, _time, _log);
}
