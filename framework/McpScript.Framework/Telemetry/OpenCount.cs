using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace McpScript.Telemetry;

/// <summary>
/// Number of things that are open in this process, by kind. Observed rather than counted by the listener, so that one that starts late reads the right
/// number; holds numbers only, so that it keeps no server alive.
/// </summary>
sealed class OpenCount
{
    readonly long[] _open;
    readonly TagList[] _kinds;

    /// <summary>Creates the instrument.</summary>
    /// <param name="meter">The meter.</param>
    /// <param name="name">The instrument's name.</param>
    /// <param name="unit">Its unit.</param>
    /// <param name="description">Its description.</param>
    /// <param name="kinds">The attributes of each kind.</param>
    public OpenCount(Meter meter, string name, string unit, string description, params TagList[] kinds)
    {
        (_open, _kinds) = (new long[kinds.Length], kinds);
        meter.CreateObservableUpDownCounter(name, Observe, unit, description);
    }

    /// <summary>Adds to the number of a kind.</summary>
    public void Add(int kind, int change) => Interlocked.Add(ref _open[kind], change);

    /// <summary>Counts one more until the result is disposed.</summary>
    public IDisposable Open(int kind)
    {
        Add(kind, 1);
        return new One(this, kind);
    }

    IEnumerable<Measurement<long>> Observe() => _kinds.Select((tags, kind) => new Measurement<long>(Interlocked.Read(ref _open[kind]), tags));

    sealed class One(OpenCount count, int kind) : IDisposable
    {
        int _closed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _closed, 1) == 0)
                count.Add(kind, -1);
        }
    }
}
