using System.Collections.Concurrent;
using McpScript.Core.Tests.Unloading;
using McpScript.Model;

namespace McpScript.Core.Tests.Loading;

/// <summary>Leases that several threads use at once, with what each step saw. Three of them are out from the start.</summary>
sealed class LeaseCounter
{
    readonly Leases _leases = new(new SlowTime());
    readonly ConcurrentDictionary<int, string> _seen = [];
    readonly Leases.Lease[] _first;

    public LeaseCounter() => _first = [_leases.TryTake()!, _leases.TryTake()!, _leases.TryTake()!];

    /// <summary>All that was seen, and the state at the end.</summary>
    public string Outcome => string.Join(", ", _seen.OrderBy(pair => pair.Key))
        + $"; closed {_leases.IsClosed}, drained {_leases.Drained.IsCompleted}, running {_leases.Running().Count}";

    /// <summary>Takes a lease and keeps it.</summary>
    public void Take(int step) => _seen[step] = _leases.TryTake() is null ? "none" : "lease";

    /// <summary>Returns one of the first leases.</summary>
    public void Return(int slot) => _first[slot].Dispose();

    /// <summary>Closes them.</summary>
    public void Close() => _leases.Close();

    /// <summary>Counts the leases that are out.</summary>
    public void Count(int step) => _seen[step] = $"{_leases.Running().Count} out";

    /// <summary>Sees whether they are drained.</summary>
    public void Drained(int step) => _seen[step] = $"drained: {_leases.Drained.IsCompleted}";
}
