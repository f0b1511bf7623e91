using System.Diagnostics;

namespace McpScript.Benchmarks;

/// <summary>
/// Cost of a stateless call with a thousand prompts and a thousand resources in the catalog, compared with an empty catalog: the server that is created for
/// each request must not enumerate them.
/// </summary>
static class CatalogCost
{
    const string Echo = """mcp.Tool("echo", "Says it again.", (string message) => message);""";
    const int Round = 500, WarmUp = 10_000;

    /// <summary>Runs the measurement.</summary>
    /// <returns>0 if a call with the big catalog costs less than 25 % more processor time; otherwise 1.</returns>
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
        // In alternation, so that other load on the machine affects both. The warm-up lasts until both are compiled to the last tier.
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
        var full = $"{items} prompts + {items} resources";
        Console.WriteLine($"time per call  empty {median[0]:0.0} µs, {full} {median[1]:0.0} µs, ratio {median[1] / median[0]:0.000}");
        Console.WriteLine($"processor time empty {processor[0]:0.0} µs, {full} {processor[1]:0.0} µs per call, ratio {processor[1] / processor[0]:0.000}");
        return processor[1] < processor[0] * 1.25 ? 0 : 1;
    }
}
