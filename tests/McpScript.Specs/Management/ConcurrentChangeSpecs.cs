using System.Collections.Concurrent;
using System.Diagnostics;
using McpScript.Testing;
using McpScript.Testing.Processes;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpScript.Specs.Management;

/// <summary>A real program that several writers change in every way at once while clients call.</summary>
public class ConcurrentChangeSpecs
{
    const int Changes = 100, Callers = 8;

    static readonly string[] PluginNames = ["a", "b", "c", "d"];

    [Fact]
    public async Task Concurrent_changes_give_no_caller_a_wrong_answer_and_lose_no_notification()
    {
        using var site = new ProxySite([.. PluginNames.Select(name => ($"{name}.csx", $"mcp.Tool(\"{name}\", \"\", (int number) => $\"{name}{{number}}\");"))]);
        await using var proxy = await ProxyProcess.StartReadyAsync(site, "serve", "--http", "0");
        var (older, newer) = (await proxy.ConnectAsync(Era.Sessions), await proxy.ConnectAsync(Era.Stateless));
        ToolListRecorder[] recorders = [await ToolListRecorder.SubscribeAsync(older), await ToolListRecorder.SubscribeAsync(newer)];
        var absences = PluginNames.ToDictionary(name => name, _ => new Absences());
        using var enough = new CancellationTokenSource();
        var callers = new List<Task<int>>();
        for (var i = 0; i < Callers; i++)
            callers.Add(CallAsync(await proxy.ConnectAsync(i % 2 == 0 ? Era.Sessions : Era.Stateless), new Random(i), absences, enough.Token));

        var writers = Enumerable.Range(0, 4)
            .Select(writer => ChangeAsync(site, proxy, writer % 2 == 0 ? null : writer == 1 ? older : newer, new Random(100 + writer), absences));
        var listChanges = (await Task.WhenAll(writers)).Sum();
        await enough.CancelAsync();
        Assert.All(await Task.WhenAll(callers), count => Assert.True(count > 0));

        foreach (var recorder in recorders)
            for (var i = 0; i < listChanges; i++)
                await recorder.NextAsync();
        var status = (await proxy.GetAsync("/proxy/status")).Json;
        var loaded = PluginNames.Where(name => !absences[name].IsAbsent).ToArray();
        Assert.Equal(loaded, status["plugins"]!.AsObject().Select(plugin => plugin.Key).Order());
        Assert.Equal(loaded, await older.ListPluginToolsAsync());
        Assert.Equal(loaded, await newer.ListPluginToolsAsync());
        await LiveGenerationsAsync(proxy, loaded.Length);
        Assert.DoesNotContain(proxy.Errors.Lines, line => line.Contains("] ERROR"));
    }

    // One plugin is changed by one writer at a time, so that it is known when it was absent; different plugins by all.
    static async Task<int> ChangeAsync(ProxySite site, ProxyProcess proxy, McpClient? client, Random random, Dictionary<string, Absences> absences)
    {
        var listChanges = 0;
        for (var i = 0; i < Changes / 4; i++)
        {
            var name = random.GetItems(PluginNames, 1)[0];
            using var turn = await absences[name].TakeTurnAsync();
            var verb = absences[name].IsAbsent ? "load" : random.Next(2) == 0 ? "unload" : "reload";
            if (verb == "unload")
                absences[name].Begin();
            // By command line now and then: starting a program takes its time.
            Assert.Equal("done", client is not null ? await ByToolAsync(client, verb, name) : i % 5 == 4 ? await ByCommandAsync(site, verb, name)
                : await ByRestAsync(proxy, verb, name));
            if (verb == "load")
                absences[name].End();
            listChanges += verb == "reload" ? 0 : 1;
        }
        return listChanges;
    }

    static async Task<string> ByRestAsync(ProxyProcess proxy, string verb, string name)
    {
        var answer = await proxy.ChangeAsync(verb, name);
        return answer.Status == 200 ? "done" : answer.Text;
    }

    static async Task<string> ByCommandAsync(ProxySite site, string verb, string name)
    {
        var ran = await site.RunAsync(verb, name);
        return ran.Code == 0 ? "done" : ran.Errors;
    }

    static async Task<string> ByToolAsync(McpClient client, string verb, string name)
    {
        var answer = await client.SayAsync($"proxy__{verb}", ("plugin", name));
        return answer.StartsWith("Error") ? answer : "done";
    }

    static Task<int> CallAsync(McpClient client, Random random, Dictionary<string, Absences> absences, CancellationToken enough) =>
        Caller.RepeatAsync(enough, async () =>
    {
        var (name, number, began) = (random.GetItems(PluginNames, 1)[0], random.Next(), Stopwatch.GetTimestamp());
        try
        {
            var result = await client.CallToolAsync(name, new Dictionary<string, object?> { ["number"] = number });
            Assert.Equal(($"{name}{number}", false), (Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text, result.IsError ?? false));
        }
        catch (McpProtocolException e)
        {
            Assert.Contains($"Unknown tool: '{name}'", e.Message);
            Assert.True(absences[name].WasAbsent(began, Stopwatch.GetTimestamp()), $"'{name}' was unknown while it was loaded");
        }
    });

    static async Task LiveGenerationsAsync(ProxyProcess proxy, int expected)
    {
        var live = 0;
        await Poll.UntilAsync(async () => (live = (int)(await proxy.GetAsync("/proxy/status")).Json["live_generations"]!) == expected,
            () => $"{expected} live generations; there are {live}");
    }

    /// <summary>The times at which a plugin may have been absent.</summary>
    sealed class Absences
    {
        readonly SemaphoreSlim _turn = new(1);
        readonly ConcurrentQueue<(long Began, long Ended)> _past = new();
        long _began;

        public bool IsAbsent => Volatile.Read(ref _began) != 0;

        public async Task<IDisposable> TakeTurnAsync()
        {
            Assert.True(await _turn.WaitAsync(TestHost.Patience));
            return new Turn(_turn);
        }

        public void Begin() => Volatile.Write(ref _began, Stopwatch.GetTimestamp());

        public void End()
        {
            // Past first, so that a reader never sees neither.
            _past.Enqueue((_began, Stopwatch.GetTimestamp()));
            Volatile.Write(ref _began, 0);
        }

        public bool WasAbsent(long from, long to) => Volatile.Read(ref _began) is > 0 and var began && began <= to
            || _past.Any(past => past.Began <= to && past.Ended >= from);

        sealed class Turn(SemaphoreSlim turn) : IDisposable
        {
            public void Dispose() => turn.Release();
        }
    }
}
