using System.Diagnostics;

namespace McpScript.Benchmarks.Peers;

/// <summary>Measurements of one server.</summary>
sealed class PeerRun : IDisposable
{
    readonly Peer _peer;
    readonly PeerOptions _options;
    readonly IReadOnlyList<ICaller> _callers;
    readonly List<double> _rates = [];
    readonly List<double> _processor = [];

    PeerRun(Peer peer, PeerOptions options, IReadOnlyList<ICaller> callers) => (_peer, _options, _callers) = (peer, options, callers);

    /// <summary>Name of the server.</summary>
    public string Name => _peer.Name;

    /// <summary>Calls per second: the median of all rounds.</summary>
    public double Rate => Median(_rates);

    double Processor => Median(_processor);

    /// <summary>Connects the callers: one over stdio, otherwise as many as the options say.</summary>
    public static async Task<PeerRun> ConnectAsync(Peer peer, PeerTransport transport, PeerOptions options)
    {
        var callers = new List<ICaller>();
        for (var i = 0; i < (transport == PeerTransport.Stdio ? 1 : options.Callers); i++)
            callers.Add(await peer.ConnectAsync(transport, options.Callers));
        return new(peer, options, callers);
    }

    /// <summary>Calls until all code is compiled to the last tier.</summary>
    public async Task WarmUpAsync()
    {
        await CallAsync(_options.WarmUp / 2);
        // Background compilation starts when no new methods were compiled for a while.
        await Task.Delay(500);
        await CallAsync(_options.WarmUp / 2);
    }

    /// <summary>Measures one round.</summary>
    public async Task RoundAsync()
    {
        var before = _peer.ProcessorTime;
        var clock = Stopwatch.StartNew();
        await CallAsync(_options.Calls);
        _rates.Add(_options.Calls / clock.Elapsed.TotalSeconds);
        _processor.Add((_peer.ProcessorTime - before).TotalMicroseconds / _options.Calls);
    }

    /// <summary>Prints the line of the table.</summary>
    public void Print(PeerTransport transport, PeerRun bare) =>
        Console.WriteLine($"{transport,-14} {Name,-22} {Rate,10:0} {Rate / bare.Rate,9:0.000} {Processor,19:0.0} {Processor / bare.Processor,9:0.000}");

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var caller in _callers)
            caller.Dispose();
    }

    Task CallAsync(int calls) => Task.WhenAll(_callers.Select(caller => Task.Run(() => caller.CallAsync(calls / _callers.Count))));

    static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
