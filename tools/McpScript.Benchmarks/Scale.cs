using System.Diagnostics;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpScript.Benchmarks;

/// <summary>Times to load, list, call, reload and follow an edit, by number of plugins.</summary>
static class Scale
{
    const int Tools = 5;

    /// <summary>Runs the measurement for each number of plugins.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<int> numbers, CancellationToken cancellationToken)
    {
        Console.WriteLine($"{"plugins × 5",12} {"compile+load s",15} {"cached s",9} {"list ms",9} {"pages",6} "
            + $"{"call ms",8} {"reload ms",10} {"edit ms",8} {"plugin no. n+1 ms",18} {"MiB",6}");
        foreach (var number in numbers)
            await RunAsync(number, cancellationToken);
        return 0;
    }

    static async Task RunAsync(int plugins, CancellationToken cancellationToken)
    {
        var files = Enumerable.Range(0, plugins).Select(i => ($"p{i}.csx", GeneratedScript.Text($"p{i}", Tools))).ToArray();
        var clock = Stopwatch.StartNew();
        await using var proxy = await ProxyUnderTest.StartAsync(files);
        var loaded = clock.Elapsed.TotalSeconds;
        clock.Restart();
        await proxy.RestartAsync();
        var cached = clock.Elapsed.TotalSeconds;
        await using var client = await proxy.ConnectAsync("2025-11-25");
        var (list, pages) = await ListAsync(client, plugins, cancellationToken);
        var call = await MedianAsync(50, () => CallAsync(client, "p0_t0", cancellationToken));
        var reload = await MedianAsync(10, () => proxy.ReloadAsync("p1", cancellationToken));
        var version = 0;
        var edit = await MedianAsync(10, () => EditAsync(proxy, client, ++version, cancellationToken));
        clock.Restart();
        proxy.Save("more.csx", GeneratedScript.Text("more", Tools));
        while (!await IsServedAsync(client, "more_t0", cancellationToken))
            await Task.Delay(1, cancellationToken);
        Console.WriteLine($"{plugins,12} {loaded,15:0.0} {cached,9:0.0} {list,9:0.0} {pages,6} "
            + $"{call,8:0.00} {reload,10:0} {edit,8:0} {clock.Elapsed.TotalMilliseconds,18:0} {proxy.ResidentMiB,6:0}");
    }

    static async Task<(double Milliseconds, int Pages)> ListAsync(McpClient client, int plugins, CancellationToken cancellationToken)
    {
        var times = new List<double>();
        var pages = 0;
        for (var turn = 0; turn < 10; turn++)
        {
            var clock = Stopwatch.StartNew();
            var (tools, cursor) = (0, (string?)null);
            pages = 0;
            do
            {
                var page = await client.ListToolsAsync(new ListToolsRequestParams { Cursor = cursor }, cancellationToken);
                (tools, cursor, pages) = (tools + page.Tools.Count(tool => tool.Name.Contains("_t")), page.NextCursor, pages + 1);
            }
            while (cursor is not null);
            times.Add(clock.Elapsed.TotalMilliseconds);
            if (tools < plugins * Tools)
                throw new InvalidOperationException($"Only {tools} tools are listed.");
        }
        return (times.Order().ElementAt(times.Count / 2), pages);
    }

    static async Task<string> CallAsync(McpClient client, string tool, CancellationToken cancellationToken)
    {
        var result = await client.CallToolAsync(tool, new Dictionary<string, object?> { ["text"] = "x" }, cancellationToken: cancellationToken);
        return string.Concat(result.Content.OfType<TextContentBlock>().Select(block => block.Text));
    }

    static async Task EditAsync(ProxyUnderTest proxy, McpClient client, int version, CancellationToken cancellationToken)
    {
        proxy.Save("p0.csx", GeneratedScript.Text("p0", Tools, version));
        while (await CallAsync(client, "p0_t0", cancellationToken) != $"{version}:x")
            await Task.Delay(1, cancellationToken);
    }

    static async Task<bool> IsServedAsync(McpClient client, string tool, CancellationToken cancellationToken)
    {
        try
        {
            await CallAsync(client, tool, cancellationToken);
            return true;
        }
        catch (ModelContextProtocol.McpException)
        {
            // The tool is not served yet.
            return false;
        }
    }

    static async Task<double> MedianAsync(int times, Func<Task> act)
    {
        var all = new List<double>();
        for (var i = 0; i < times; i++)
        {
            var clock = Stopwatch.StartNew();
            await act();
            all.Add(clock.Elapsed.TotalMilliseconds);
        }
        return all.Order().ElementAt(all.Count / 2);
    }
}
