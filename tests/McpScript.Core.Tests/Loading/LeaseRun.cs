using McpScript.Model;
using Microsoft.Extensions.Time.Testing;

namespace McpScript.Core.Tests.Loading;

/// <summary>Real leases beside the model: takes the same steps and compares all that can be seen of them.</summary>
sealed class LeaseRun
{
    static readonly TimeSpan Steps = TimeSpan.FromSeconds(1);

    readonly FakeTimeProvider _time = new();
    readonly List<(Leases.Lease Lease, DateTimeOffset Began)> _slots = [];
    readonly Leases _leases;

    public LeaseRun() => _leases = new(_time);

    /// <summary>Takes a lease.</summary>
    public bool Take(LeaseState model)
    {
        var lease = _leases.TryTake();
        if (lease is not null)
            _slots.Add((lease, _time.GetUtcNow()));
        return lease is not null == model.Given && IsEquivalentTo(model);
    }

    /// <summary>Returns a lease, perhaps for the second time.</summary>
    public bool Return(int slot, LeaseState model)
    {
        _slots[slot].Lease.Dispose();
        return IsEquivalentTo(model);
    }

    /// <summary>Closes them.</summary>
    public bool Close(LeaseState model)
    {
        _leases.Close();
        return IsEquivalentTo(model);
    }

    bool IsEquivalentTo(LeaseState model)
    {
        _time.Advance(Steps);
        var oldest = model.Running is [var first, ..] ? _time.GetUtcNow() - _slots[first].Began : TimeSpan.Zero;
        return (_leases.IsClosed, _leases.Drained.IsCompleted, _leases.Running()) == (model.IsClosed, model.IsDrained, (model.Out, oldest));
    }
}
