using System.Diagnostics;
using System.Text.Json;

namespace McpScript.Benchmarks;

/// <summary>Cost of the tool-call log, and completeness of its entries.</summary>
static class CallLogCost
{
    const string Echo = """mcp.Tool("echo", "Says it again.", (string message) => message);""";
    const int Round = 500;

    /// <summary>Runs the measurement.</summary>
    /// <returns>0 if no entry is lost or torn; otherwise 1.</returns>
    public static async Task<int> RunAsync(int calls, int callers, CancellationToken cancellationToken)
    {
        await using var off = await ProxyUnderTest.StartWithAsync("tool_log: off", ("echo.csx", Echo));
        await using var on = await ProxyUnderTest.StartWithAsync("tool_log: full", ("echo.csx", Echo));
        using var load = new RawCalls("echo", """{"message":"The quick brown fox jumps over the lazy dog."}""");
        // In alternation, so that other load on the machine affects both. The warm-up lasts until both are compiled to the last tier.
        const int warmUp = 30_000;
        for (var done = 0; done < warmUp; done += Round)
        {
            await load.RunAsync(off.Endpoint, Round, callers, cancellationToken);
            await load.RunAsync(on.Endpoint, Round, callers, cancellationToken);
        }
        var (timesOff, timesOn) = (new List<double>(), new List<double>());
        var (cpuOff, cpuOn) = (off.ProcessorTime, on.ProcessorTime);
        for (var done = 0; done < calls; done += Round)
        {
            timesOff.Add(await TimeAsync(load, off, callers, cancellationToken));
            timesOn.Add(await TimeAsync(load, on, callers, cancellationToken));
        }
        var made = timesOn.Count * Round;
        var (perOff, perOn) = ((off.ProcessorTime - cpuOff) / made, (on.ProcessorTime - cpuOn) / made);
        Console.WriteLine($"calls          {made} each, {callers} callers, turns of {Round}");
        Console.WriteLine($"time per call  off {Median(timesOff):0.0} µs, on {Median(timesOn):0.0} µs, ratio {Median(timesOn) / Median(timesOff):0.000}");
        Console.WriteLine($"processor time off {perOff.TotalMicroseconds:0.0} µs, on {perOn.TotalMicroseconds:0.0} µs per call, writing included; "
            + $"difference {(perOn - perOff).TotalMicroseconds:0.0} µs");

        var expected = made + warmUp;
        var lines = await LinesAsync(on.CallLog, expected, cancellationToken);
        var whole = lines.Count(IsWhole);
        Console.WriteLine($"entries        {whole} whole of {lines.Length} lines, expected {expected}");
        return whole == expected && lines.Length == expected && await KilledAsync(load, callers, cancellationToken) ? 0 : 1;
    }

    static async Task<bool> KilledAsync(RawCalls load, int callers, CancellationToken cancellationToken)
    {
        await using var proxy = await ProxyUnderTest.StartAsync(("echo.csx", Echo));
        await load.RunAsync(proxy.Endpoint, 1000, callers, cancellationToken);
        var running = load.RunAsync(proxy.Endpoint, int.MaxValue, callers, cancellationToken);
        await Task.Delay(500, cancellationToken);
        await proxy.KillAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var lines = (await File.ReadAllTextAsync(proxy.CallLog, cancellationToken)).Split('\n');
        var torn = lines[..^1].Count(line => !IsWhole(line));
        Console.WriteLine($"kill -9        {lines.Length - 1} lines, {torn} torn before the last, last line {(lines[^1].Length == 0 ? "whole" : "torn")}");
        return torn == 0;
    }

    static async Task<double> TimeAsync(RawCalls load, ProxyUnderTest proxy, int callers, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        await load.RunAsync(proxy.Endpoint, Round, callers, cancellationToken);
        return clock.Elapsed.TotalMicroseconds / Round;
    }

    // Entries are written shortly after the response is sent.
    static async Task<string[]> LinesAsync(string path, int expected, CancellationToken cancellationToken)
    {
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(20, cancellationToken))
        {
            var lines = await File.ReadAllLinesAsync(path, cancellationToken);
            if (lines.Length >= expected || clock.Elapsed > TimeSpan.FromSeconds(10))
                return lines;
        }
    }

    static bool IsWhole(string line)
    {
        try
        {
            using var entry = JsonDocument.Parse(line);
            return entry.RootElement.GetProperty("tool").GetString() == "echo" && entry.RootElement.GetProperty("ok").GetBoolean();
        }
        catch (JsonException)
        {
            // A torn entry.
            return false;
        }
    }

    static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
