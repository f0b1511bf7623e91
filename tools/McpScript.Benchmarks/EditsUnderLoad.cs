using System.Diagnostics;
using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpScript.Benchmarks;

/// <summary>Many edits while clients call without pause: no call may fail, and no old generation may stay loaded.</summary>
static class EditsUnderLoad
{
    /// <summary>Runs the measurement.</summary>
    /// <returns>0 if no call failed, no old generation is alive, and each list change was announced once; otherwise 1.</returns>
    public static async Task<int> RunAsync(int edits, int callers, string? era, CancellationToken cancellationToken)
    {
        await using var proxy = await ProxyUnderTest.StartAsync((EditedScript.File, EditedScript.Version(0)));
        var notified = 0;
        await using var watcher = await proxy.ConnectAsync("2025-11-25", options => options.Handlers = new()
        {
            NotificationHandlers = [new(NotificationMethods.ToolListChangedNotification, (_, _) =>
            {
                Interlocked.Increment(ref notified);
                return default;
            })],
        });
        await using var probe = await proxy.ConnectAsync(era);
        using var stop = new CancellationTokenSource();
        var load = Enumerable.Range(0, callers).Select(_ => CallAsync(proxy, era, stop.Token)).ToList();

        var clock = Stopwatch.StartNew();
        var memory = new List<double>();
        for (var version = 1; version <= edits; version++)
        {
            proxy.Save(EditedScript.File, EditedScript.Version(version));
            while (await CallVersionAsync(probe, cancellationToken) != version)
                await Task.Delay(2, cancellationToken);
            if (version % Math.Max(1, edits / 10) == 0)
                memory.Add(proxy.ResidentMiB);
        }
        var elapsed = clock.Elapsed;
        await stop.CancelAsync();
        var totals = await Task.WhenAll(load);

        var live = await proxy.LiveGenerationsAsync();
        for (var waited = Stopwatch.StartNew(); live > 1 && waited.Elapsed < TimeSpan.FromSeconds(30); live = await proxy.LiveGenerationsAsync())
            await Task.Delay(100, cancellationToken);
        var failed = totals.Sum(total => total.Failed);
        Console.WriteLine($"edits              {edits} in {elapsed.TotalSeconds:0.0} s, {callers} callers, era {era ?? "newest"}");
        var errors = totals.SelectMany(total => total.Errors).Distinct().Take(5).Select(error => $"\n                   {error}");
        Console.WriteLine($"calls              {totals.Sum(total => total.Calls)}, failed {failed}{string.Concat(errors)}");
        Console.WriteLine($"old generations    {live - 1} alive at the end");
        Console.WriteLine($"tools/list_changed {notified}, expected {edits / 2} (every other edit changes the list)");
        Console.WriteLine($"resident MiB       {string.Join(" ", memory.Select(mib => mib.ToString("0")))}");
        foreach (var line in proxy.Warnings().Take(5))
            Console.WriteLine($"log                {line}");
        return failed == 0 && live == 1 && notified == edits / 2 ? 0 : 1;
    }

    /// <summary>Calls the script's tool once and returns the version that answered.</summary>
    public static async Task<int> CallVersionAsync(McpClient client, CancellationToken cancellationToken)
    {
        var arguments = new Dictionary<string, object?> { ["question"] = new { text = "why", weight = 2 }, ["colour"] = "Green" };
        var result = await client.CallToolAsync("ask", arguments, cancellationToken: cancellationToken);
        if (result.IsError is true || result.StructuredContent is not { } answer)
            throw new InvalidOperationException($"Failed: {string.Concat(result.Content.OfType<TextContentBlock>().Select(block => block.Text))}");
        if (answer.GetProperty("text").GetString() != "why/2")
            throw new InvalidOperationException($"Wrong answer: {JsonSerializer.Serialize(answer)}");
        return answer.GetProperty("version").GetInt32();
    }

    static async Task<(int Calls, int Failed, List<string> Errors)> CallAsync(ProxyUnderTest proxy, string? era, CancellationToken stop)
    {
        await using var client = await proxy.ConnectAsync(era, null);
        var (calls, last, errors) = (0, 0, new List<string>());
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var version = await CallVersionAsync(client, CancellationToken.None);
                // A later call must not be answered by older code than an earlier one.
                if (version < last)
                    throw new InvalidOperationException($"Version {version} answered after {last}.");
                last = version;
            }
            catch (Exception e)
            {
                // Every kind of failure counts; the messages are shown at the end.
                errors.Add(e.Message);
            }
            calls++;
        }
        return (calls, errors.Count, errors);
    }
}
