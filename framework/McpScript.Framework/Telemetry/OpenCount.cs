using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace McpScript.Telemetry;

/// <summary>
/// Number of open objects in this process, by kind. An observable instrument, so that a listener that starts late reads the correct number; holds numbers
/// only, so that it keeps no server in memory. Safe for concurrent use.
/// </summary>
sealed class OpenCount
{
    readonly long[] _open;
    readonly TagList[] _kinds;

    /// <summary>Creates the instrument.</summary>
    /// <param name="meter">The meter.</param>
    /// <param name="name">The name of the instrument.</param>
    /// <param name="unit">The unit of the instrument.</param>
    /// <param name="description">The description of the instrument.</param>
    /// <param name="kinds">The attributes of each kind.</param>
    public OpenCount(Meter meter, string name, string unit, string description, params TagList[] kinds)
    {
        (_open, _kinds) = (new long[kinds.Length], kinds);
        meter.CreateObservableUpDownCounter(name, Observe, unit, description);
    }

    /// <summary>Adds to the number of a kind.</summary>
    public void Add(int kind, int change) => Interlocked.Add(ref _open[kind], change);

    /// <summary>Counts one object as open until the result is disposed.</summary>
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
