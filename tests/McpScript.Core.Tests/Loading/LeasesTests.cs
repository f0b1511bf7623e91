using McpScript.Core.Tests.Unloading;
using McpScript.Model;
using Microsoft.Extensions.Time.Testing;

namespace McpScript.Core.Tests.Loading;

public sealed class LeasesTests
{
    readonly FakeTimeProvider _time = new();
    readonly Leases _leases;
    [ThreadStatic]
    static bool s_closing;

    public LeasesTests() => _leases = new(_time);

    [Fact]
    public void A_lease_counts_as_running_until_it_is_returned()
    {
        var lease = _leases.TryTake();
        Assert.NotNull(lease);
        Assert.Equal(1, _leases.Running().Count);

        lease.Dispose();
        Assert.Equal(0, _leases.Running().Count);
    }

    [Fact]
    public void A_lease_that_is_returned_twice_counts_once()
    {
        var (twice, _) = (_leases.TryTake()!, _leases.TryTake());
        _leases.Close();

        twice.Dispose();
        twice.Dispose();

        Assert.Equal(1, _leases.Running().Count);
        Assert.False(_leases.Drained.IsCompleted);
    }

    [Fact]
    public void Closed_leases_issue_no_lease()
    {
        Assert.False(_leases.IsClosed);

        _leases.Close();

        Assert.True(_leases.IsClosed);
        Assert.Null(_leases.TryTake());
        Assert.Equal(0, _leases.Running().Count);
    }

    [Fact]
    public void Open_leases_are_not_drained_when_the_last_call_ends()
    {
        _leases.TryTake()!.Dispose();
        Assert.False(_leases.Drained.IsCompleted);
    }

    [Fact]
    public void Leases_without_calls_are_drained_as_soon_as_they_are_closed()
    {
        Assert.False(_leases.Drained.IsCompleted);
        _leases.Close();
        Assert.True(_leases.Drained.IsCompletedSuccessfully);
    }

    [Fact]
    public void Closed_leases_are_drained_when_the_last_call_ends()
    {
        var (first, last) = (_leases.TryTake()!, _leases.TryTake()!);
        _leases.Close();
        Assert.False(_leases.Drained.IsCompleted);

        last.Dispose();
        Assert.False(_leases.Drained.IsCompleted);

        first.Dispose();
        Assert.True(_leases.Drained.IsCompletedSuccessfully);
    }

    [Fact]
    public void Closing_twice_changes_nothing()
    {
        var lease = _leases.TryTake()!;
        _leases.Close();
        _leases.Close();
        Assert.False(_leases.Drained.IsCompleted);

        lease.Dispose();
        _leases.Close();
        Assert.True(_leases.Drained.IsCompletedSuccessfully);
    }

    [Fact]
    public void The_oldest_call_is_the_one_that_began_first_of_those_that_still_run()
    {
        var first = _leases.TryTake()!;
        _time.Advance(TimeSpan.FromSeconds(3));
        var second = _leases.TryTake()!;
        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal((2, TimeSpan.FromSeconds(7)), _leases.Running());

        first.Dispose();
        Assert.Equal((1, TimeSpan.FromSeconds(4)), _leases.Running());

        second.Dispose();
        Assert.Equal((0, TimeSpan.Zero), _leases.Running());
    }

    [Fact]
    public async Task Code_that_waits_for_the_last_call_does_not_run_on_the_thread_that_closes()
    {
        var inside = _leases.Drained.ContinueWith(_ => s_closing, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

        s_closing = true;
        _leases.Close();
        s_closing = false;

        Assert.False(await inside.Soon());
    }
}
