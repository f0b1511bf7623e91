using System.Collections.Concurrent;
using System.Diagnostics;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpScript.Benchmarks;

/// <summary>
/// A long life in short: edits, broken edits, plugins that come and go, sessions that come and go, big results and cancelled calls, all under load. Fails on a
/// wrong answer, an old generation that stays, or a line of memory, handles, threads or inotify watches that goes on rising.
/// </summary>
sealed class Soak(ProxyUnderTest proxy, SoakOptions options)
{
    const string Steady = """
        mcp.Tool("echo", "Says it again.", (string message) => message);
        mcp.Tool("big", "A big result.", (int size) => new string('x', size));
        mcp.Tool("slow", "Takes its time.", async (CancellationToken ct) => { await Task.Delay(10_000, ct); return "done"; });
        """;

    const string Guest = """mcp.Tool("guest", "Comes and goes.", () => "here");""";
    const int BigResult = 1_000_000;

    readonly ConcurrentQueue<string> _wrong = new();
    readonly List<SoakSample> _samples = [];
    int _calls, _cancelled, _sessions, _bigs, _broken, _guests;

    /// <summary>Runs it; 0 if all went well.</summary>
    public static async Task<int> RunAsync(SoakOptions options, CancellationToken cancellationToken)
    {
        await using var proxy = await ProxyUnderTest.StartAsync((EditedScript.File, EditedScript.Version(0)), ("steady.csx", Steady));
        return await new Soak(proxy, options).RunAsync(cancellationToken);
    }

    async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using var probe = await proxy.ConnectAsync(null);
        using var stop = new CancellationTokenSource();
        var load = Enumerable.Range(0, options.Callers).Select(caller => CallAsync(caller % 2 == 0 ? "2025-11-25" : null, stop.Token)).ToList();
        var clock = Stopwatch.StartNew();
        var edit = 0;
        var lastSample = TimeSpan.MinValue;
        while (edit < options.Edits && clock.Elapsed < options.Longest && _wrong.Count < 20)
        {
            var version = ++edit;
            await TryAsync($"edit {version}", () => EditAsync(probe, version, cancellationToken));
            await AroundAsync(probe, edit, cancellationToken);
            if (edit % options.Between == 0)
                await SampleAsync(edit, clock.Elapsed, cancellationToken);
            if (clock.Elapsed - lastSample > TimeSpan.FromMinutes(1))
            {
                lastSample = clock.Elapsed;
                Console.WriteLine($"{clock.Elapsed:hh\\:mm\\:ss} {edit} edits, {_calls} calls, {_wrong.Count} wrong, {_samples.LastOrDefault()}");
            }
        }
        await stop.CancelAsync();
        await Task.WhenAll(load);
        return await TellAsync(edit, clock.Elapsed, cancellationToken);
    }

    // Broken first, now and then: what was served goes on being served, and the next edit heals it.
    async Task EditAsync(McpClient probe, int edit, CancellationToken cancellationToken)
    {
        if (edit % 7 == 0)
        {
            _broken++;
            proxy.Save(EditedScript.File, EditedScript.Version(edit) + "\n this is not C#;");
            for (var i = 0; i < 5; i++)
                Expect(edit - 1, await EditsUnderLoad.AskAsync(probe, cancellationToken), "the version before a broken edit");
        }
        proxy.Save(EditedScript.File, EditedScript.Version(edit, isDynamic: edit % 10 == 0));
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(2, cancellationToken))
        {
            var version = await EditsUnderLoad.AskAsync(probe, cancellationToken);
            if (version == edit)
                return;
            if (waited.Elapsed > TimeSpan.FromSeconds(60))
                throw new TimeoutException($"Edit {edit} is not served after a minute; version {version} is.");
        }
    }

    async Task AroundAsync(McpClient probe, int edit, CancellationToken cancellationToken)
    {
        if (edit % 3 == 0)
            await TryAsync("a session that comes and goes", async () =>
            {
                _sessions++;
                await using var session = await proxy.ConnectAsync("2025-11-25");
                Expect("hello", await TextAsync(session, "echo", new() { ["message"] = "hello" }, cancellationToken), "a new session's echo");
            });
        if (edit % 4 == 0)
            await TryAsync("a big result", async () =>
            {
                _bigs++;
                Expect(BigResult, (await TextAsync(probe, "big", new() { ["size"] = BigResult }, cancellationToken)).Length, "the length of a big result");
            });
        if (edit % 5 == 0)
            await TryAsync("a cancelled call", () => CancelAsync(probe));
        if (edit % 11 == 0)
            Toggle();
    }

    async Task CancelAsync(McpClient probe)
    {
        _cancelled++;
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(5));
        try
        {
            Expect("cancelled", await TextAsync(probe, "slow", [], soon.Token), "a call that was cancelled");
        }
        catch (OperationCanceledException) when (soon.IsCancellationRequested)
        {
            // As it should be.
        }
    }

    void Toggle()
    {
        if (++_guests % 2 == 1)
            proxy.Save("guest.csx", Guest);
        else
            proxy.Delete("guest.csx");
    }

    async Task CallAsync(string? era, CancellationToken stop)
    {
        await using var client = await proxy.ConnectAsync(era);
        var last = 0;
        while (!stop.IsCancellationRequested)
        {
            await TryAsync("a call", async () =>
            {
                var version = await EditsUnderLoad.AskAsync(client, CancellationToken.None);
                if (version < last)
                    _wrong.Enqueue($"Version {version} answered after {last}.");
                last = version;
                var text = $"{version}";
                Expect(text, await TextAsync(client, "echo", new() { ["message"] = text }, CancellationToken.None), "an echo");
                Interlocked.Add(ref _calls, 2);
            });
            // So that the log of calls of some hours fits on a disk.
            await Task.Delay(options.Pause, CancellationToken.None);
        }
    }

    async Task TryAsync(string what, Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Exception e)
        {
            // Whatever it is, it is wrong; what it was is told at the end.
            _wrong.Enqueue($"{what}: {e.GetType().Name}: {e.Message}");
        }
    }

    void Expect<T>(T expected, T came, string what)
    {
        if (!Equals(expected, came))
            _wrong.Enqueue($"{what}: expected {expected}, and {came} came");
    }

    static async Task<string> TextAsync(McpClient client, string tool, Dictionary<string, object?> arguments, CancellationToken cancellationToken)
    {
        var result = await client.CallToolAsync(tool, arguments, cancellationToken: cancellationToken);
        return string.Concat(result.Content.OfType<TextContentBlock>().Select(block => block.Text));
    }

    async Task SampleAsync(int edit, TimeSpan elapsed, CancellationToken cancellationToken) =>
        _samples.Add(new(edit, elapsed, proxy.Footprint(), await proxy.LiveGenerationsAsync(), _calls));

    async Task<int> TellAsync(int edits, TimeSpan elapsed, CancellationToken cancellationToken)
    {
        var expected = 2 + _guests % 2;
        var live = await proxy.LiveGenerationsAsync();
        for (var waited = Stopwatch.StartNew(); live != expected && waited.Elapsed < TimeSpan.FromMinutes(1); live = await proxy.LiveGenerationsAsync())
            await Task.Delay(200, cancellationToken);
        var rising = SoakSample.Rising(_samples).ToList();
        Console.WriteLine($"edits            {edits} in {elapsed:hh\\:mm\\:ss}, of them broken first {_broken}");
        Console.WriteLine($"beside           {_sessions} sessions, {_bigs} results of {BigResult:N0} bytes, {_cancelled} cancelled calls, {_guests} times a plugin came or went");
        Console.WriteLine($"calls under load {_calls}, {options.Callers} callers, both eras");
        Console.WriteLine($"wrong            {_wrong.Count}{string.Concat(_wrong.Distinct().Take(10).Select(wrong => $"\n                 {wrong}"))}");
        Console.WriteLine($"old generations  {live - expected} alive at the end");
        Console.WriteLine($"first sample     {_samples.FirstOrDefault()}");
        Console.WriteLine($"last sample      {_samples.LastOrDefault()}");
        Console.WriteLine($"rising           {(rising.Count == 0 ? "nothing" : string.Join("; ", rising))}");
        foreach (var complaint in proxy.Complaints().Where(line => !line.Contains("this is not C#")).Distinct().Take(5))
            Console.WriteLine($"log              {complaint}");
        if (options.Picture is { } picture && _samples.Count > 1)
        {
            SoakPicture.Write(picture, _samples);
            Console.WriteLine($"picture          {picture}");
        }
        return _wrong.IsEmpty && live == expected && rising.Count == 0 ? 0 : 1;
    }
}
