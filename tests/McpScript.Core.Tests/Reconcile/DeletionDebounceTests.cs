using McpScript.Model;
using McpScript.Reconcile;
using Microsoft.Extensions.Time.Testing;

namespace McpScript.Core.Tests.Reconcile;

public class DeletionDebounceTests
{
    static readonly PluginReference Echo = new("echo"), Greet = new("greet");

    readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_deletion_counts_after_half_a_second_and_is_reported_once()
    {
        var grace = new DeletionDebounce(_time);

        Assert.Empty(grace.Confirm([Echo]));
        Assert.Equal(TimeSpan.FromMilliseconds(500), grace.NextCheck);

        _time.Advance(TimeSpan.FromMilliseconds(499));
        Assert.Empty(grace.Confirm([Echo]));
        Assert.Equal(TimeSpan.FromMilliseconds(1), grace.NextCheck);

        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal([Echo], grace.Confirm([new PluginReference("ECHO")]));
        Assert.Null(grace.NextCheck);
    }

    [Fact]
    public void A_plugin_that_reappears_is_no_longer_missing()
    {
        var grace = new DeletionDebounce(_time);
        grace.Confirm([Echo]);
        _time.Advance(TimeSpan.FromMilliseconds(400));

        Assert.Empty(grace.Confirm([]));
        Assert.Null(grace.NextCheck);

        grace.Confirm([Echo]);
        _time.Advance(TimeSpan.FromMilliseconds(400));
        Assert.Empty(grace.Confirm([Echo]));
    }

    [Fact]
    public void The_next_check_is_due_for_the_plugin_that_is_missing_longest()
    {
        var grace = new DeletionDebounce(_time);
        grace.Confirm([Echo]);
        _time.Advance(TimeSpan.FromMilliseconds(300));
        grace.Confirm([Echo, Greet]);

        Assert.Equal(TimeSpan.FromMilliseconds(200), grace.NextCheck);
        _time.Advance(TimeSpan.FromMilliseconds(200));
        Assert.Equal([Echo], grace.Confirm([Echo, Greet]));
        Assert.Equal(TimeSpan.FromMilliseconds(300), grace.NextCheck);
    }

    [Fact]
    public void A_check_that_is_overdue_is_due_now()
    {
        var grace = new DeletionDebounce(_time);
        grace.Confirm([Echo]);
        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(TimeSpan.Zero, grace.NextCheck);
    }
}
