using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using McpScript.Telemetry;

namespace McpScript.Specs;

/// <summary>Listens to all instruments of the program, as a collector does.</summary>
sealed class Readings : IDisposable
{
    readonly MeterListener _listener = new();
    readonly ConcurrentQueue<Reading> _all = new();
    readonly ConcurrentDictionary<string, Instrument> _instruments = new();

    public Readings()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name != Instruments.Name)
                return;
            _instruments[instrument.Name] = instrument;
            listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => _all.Enqueue(new(instrument.Name, value, Text(tags))));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => _all.Enqueue(new(instrument.Name, value, Text(tags))));
        _listener.Start();
    }

    /// <summary>The instruments, by name.</summary>
    public IReadOnlyDictionary<string, Instrument> Published => _instruments;

    /// <summary>The measurements so far.</summary>
    public IReadOnlyCollection<Reading> All => _all;

    /// <summary>The sum of what an instrument measured with these attributes (<c>name=value</c>).</summary>
    public double Sum(string instrument, params string[] tags) => Of(instrument, tags).Sum(reading => reading.Value);

    /// <summary>The number of measurements of an instrument with these attributes.</summary>
    public int Count(string instrument, params string[] tags) => Of(instrument, tags).Count();

    /// <summary>The current value of an observable instrument.</summary>
    public double Now(string instrument, params string[] tags)
    {
        var before = _all.Count;
        _listener.RecordObservableInstruments();
        return _all.Skip(before).Where(reading => reading.IsOf(instrument, tags)).Sum(reading => reading.Value);
    }

    public void Dispose() => _listener.Dispose();

    IEnumerable<Reading> Of(string instrument, string[] tags) => _all.Where(reading => reading.IsOf(instrument, tags));

    static string[] Text(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var texts = new string[tags.Length];
        for (var i = 0; i < tags.Length; i++)
            texts[i] = $"{tags[i].Key}={tags[i].Value}";
        return texts;
    }

    /// <summary>One measurement.</summary>
    public sealed record Reading(string Instrument, double Value, string[] Tags)
    {
        public bool IsOf(string instrument, string[] tags) => Instrument == instrument && tags.All(Tags.Contains);
    }
}
