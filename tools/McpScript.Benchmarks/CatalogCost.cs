using System.Diagnostics;

namespace McpScript.Benchmarks;

/// <summary>
/// What a stateless call costs beside a thousand prompts and a thousand resources, compared with one beside none: the server of each request must not look
/// at them.
/// </summary>
static class CatalogCost
{
    const string Echo = """mcp.Tool("echo", "Says it again.", (string message) => message);""";
    const int Round = 500, WarmUp = 10_000;

    /// <summary>Runs it; 0 if a call beside the big catalog costs less than a quarter more.</summary>
    public static async Task<int> RunAsync(int calls, int callers, int items, CancellationToken cancellationToken)
    {
        await using var small = await ProxyUnderTest.StartWithAsync("tool_log: off", ("echo.csx", Echo));
        await using var big = await ProxyUnderTest.StartWithAsync("tool_log: off", ("echo.csx", Echo), ("big.csx", $$"""
            for (var i = 0; i < {{items}}; i++)
            {
                var number = i;
                mcp.Prompt($"prompt_{number}", "One of many.", (string about) => $"{number}: {about}");
                mcp.Resource($"many://{number}", () => $"{number}");
            }
            """));
        using var load = new RawCalls("echo", """{"message":"The quick brown fox jumps over the lazy dog."}""");
        ProxyUnderTest[] both = [small, big];
        // Turn and turn about, so that what else the machine does hits both; first until both are compiled to the last tier.
        for (var done = 0; done < WarmUp; done += Round)
            foreach (var proxy in both)
                await load.RunAsync(proxy.Endpoint, Round, callers, cancellationToken);
        var before = both.Select(proxy => proxy.ProcessorTime).ToArray();
        var times = both.Select(_ => new List<double>()).ToArray();
        var made = 0;
        for (; made < calls; made += Round)
            for (var i = 0; i < both.Length; i++)
            {
                var clock = Stopwatch.StartNew();
                await load.RunAsync(both[i].Endpoint, Round, callers, cancellationToken);
                times[i].Add(clock.Elapsed.TotalMicroseconds / Round);
            }
        var processor = both.Select((proxy, i) => (proxy.ProcessorTime - before[i]).TotalMicroseconds / made).ToArray();
        var median = times.Select(all => all.Order().ElementAt(all.Count / 2)).ToArray();
        Console.WriteLine($"calls          {made} each, {callers} callers, turns of {Round}");
        Console.WriteLine($"time per call  empty {median[0]:0.0} µs, {items} prompts + {items} resources {median[1]:0.0} µs, ratio {median[1] / median[0]:0.000}");
        Console.WriteLine($"processor time empty {processor[0]:0.0} µs, {items} prompts + {items} resources {processor[1]:0.0} µs per call, ratio {processor[1] / processor[0]:0.000}");
        return processor[1] < processor[0] * 1.25 ? 0 : 1;
    }
}
