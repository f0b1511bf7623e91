using System.Diagnostics;

namespace McpScript.Benchmarks;

/// <summary>From the save of a thirty-line script to the new code's first answer, watcher and settling included, warm.</summary>
static class SaveLatency
{
    const int WarmUp = 10;

    /// <summary>Runs it.</summary>
    public static async Task<int> RunAsync(int saves, string? era, CancellationToken cancellationToken)
    {
        await using var proxy = await ProxyUnderTest.StartAsync((EditedScript.File, EditedScript.Version(0, isDynamic: false)));
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
        times.Sort();
        Console.WriteLine($"save → callable, {saves} edits, era {era ?? "newest"}: p50 {times[times.Count / 2]:0.0} ms, p95 {times[(int)(times.Count * 0.95)]:0.0} ms, "
            + $"min {times[0]:0.0} ms, max {times[^1]:0.0} ms; {proxy.ResidentMiB:0} MiB resident");
        return 0;
    }
}
