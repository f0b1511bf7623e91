using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace McpScript.Benchmarks;

/// <summary>From the save of a thirty-line script to the new code's first answer, watcher and settling included, warm.</summary>
static partial class SaveLatency
{
    const int WarmUp = 10;

    /// <summary>Runs it.</summary>
    public static async Task<int> RunAsync(int saves, string? era, bool stages, CancellationToken cancellationToken)
    {
        await using var proxy = await ProxyUnderTest.StartWithAsync(stages ? "log_level: debug" : "", (EditedScript.File, EditedScript.Version(0, isDynamic: false)));
        await using var client = await proxy.ConnectAsync(era);
        var times = new List<double>();
        for (var version = 1; version <= saves + WarmUp; version++)
        {
            var clock = Stopwatch.StartNew();
            proxy.Save(EditedScript.File, EditedScript.Version(version, isDynamic: false));
            while (await EditsUnderLoad.AskAsync(client, cancellationToken) != version)
                await Task.Delay(1, cancellationToken);
            if (version > WarmUp)
                times.Add(clock.Elapsed.TotalMilliseconds);
            // A person does not save every 50 ms: let the old generation go first.
            await Task.Delay(150, cancellationToken);
        }
        // A run of saves warms up as it goes: the last quarter is what a long session sees.
        var last = times[^(times.Count / 4)..].Order().ToList();
        times.Sort();
        Console.WriteLine($"save → callable, {saves} edits, era {era ?? "newest"}: p50 {times[times.Count / 2]:0.0} ms, p95 {times[(int)(times.Count * 0.95)]:0.0} ms, "
            + $"min {times[0]:0.0} ms, max {times[^1]:0.0} ms; last quarter p50 {last[last.Count / 2]:0.0} ms; {proxy.ResidentMiB:0} MiB resident");
        if (stages)
            TellStages(proxy.Lines());
        return 0;
    }

    // "A change on disk: event 2.1 ms after the write, settle 24.8 ms." and "Plugin 'edited': read 0.9 ms, compile 14.2, …": the middle of each.
    static void TellStages(IEnumerable<string> log)
    {
        var all = log.Where(line => line.Contains("A change on disk: ") || line.Contains("Plugin 'edited': read ")).Skip(WarmUp * 2)
            .SelectMany(line => Stage().Matches(line)).GroupBy(match => match.Groups[1].Value, match => double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));
        Console.WriteLine(string.Join(", ", all.Select(stage => $"{stage.Key} {stage.Order().ElementAt(stage.Count() / 2):0.0}")) + " ms (p50 of each)");
    }

    [GeneratedRegex(@"\b(event|settle|read|compile|load|register|swap|notify) ([0-9]+(?:\.[0-9]+)?)")]
    private static partial Regex Stage();
}
