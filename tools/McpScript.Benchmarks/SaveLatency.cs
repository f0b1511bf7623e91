using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace McpScript.Benchmarks;

/// <summary>Time from saving a thirty-line script to the first response of the new code, including file watcher and settle time, after a warm-up.</summary>
static partial class SaveLatency
{
    const int WarmUp = 10;

    /// <summary>Runs the measurement.</summary>
    public static async Task<int> RunAsync(int saves, string? era, bool stages, CancellationToken cancellationToken)
    {
        await using var proxy = await ProxyUnderTest.StartWithAsync(
            stages ? "log_level: debug" : "", (EditedScript.File, EditedScript.Version(0, isDynamic: false)));
        await using var client = await proxy.ConnectAsync(era);
        var times = new List<double>();
        for (var version = 1; version <= saves + WarmUp; version++)
        {
            var clock = Stopwatch.StartNew();
            proxy.Save(EditedScript.File, EditedScript.Version(version, isDynamic: false));
            while (await EditsUnderLoad.CallVersionAsync(client, cancellationToken) != version)
                await Task.Delay(1, cancellationToken);
            if (version > WarmUp)
                times.Add(clock.Elapsed.TotalMilliseconds);
            // A user does not save every 50 ms: lets the old generation unload first.
            await Task.Delay(150, cancellationToken);
        }
        // The proxy gets faster during the run; the last quarter shows what a long session gets.
        var last = times[^(times.Count / 4)..].Order().ToList();
        times.Sort();
        var (p50, p95) = (times[times.Count / 2], times[(int)(times.Count * 0.95)]);
        Console.WriteLine($"save → callable, {saves} edits, era {era ?? "newest"}: p50 {p50:0.0} ms, p95 {p95:0.0} ms, "
            + $"min {times[0]:0.0} ms, max {times[^1]:0.0} ms; last quarter p50 {last[last.Count / 2]:0.0} ms; {proxy.ResidentMiB:0} MiB resident");
        if (stages)
            PrintStages(proxy.Lines());
        return 0;
    }

    // "A change on disk: event 2.1 ms after the write, settle 24.8 ms." and "Plugin 'edited': read 0.9 ms, compile 14.2, …": the median of each.
    static void PrintStages(IEnumerable<string> log)
    {
        var all = log.Where(line => line.Contains("A change on disk: ") || line.Contains("Plugin 'edited': read ")).Skip(WarmUp * 2)
            .SelectMany(line => Stage().Matches(line))
            .GroupBy(match => match.Groups[1].Value, match => double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));
        Console.WriteLine(string.Join(", ", all.Select(stage => $"{stage.Key} {stage.Order().ElementAt(stage.Count() / 2):0.0}")) + " ms (p50 of each)");
    }

    [GeneratedRegex(@"\b(event|settle|read|compile|load|register|swap|notify) ([0-9]+(?:\.[0-9]+)?)")]
    private static partial Regex Stage();
}
