using System.Collections.Concurrent;
using System.Diagnostics;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpScript.Benchmarks;

/// <summary>
/// Endurance test: edits, broken edits, plugins that are added and removed, short sessions, big results and cancelled calls, all under load. Fails on a wrong
/// result, an old generation that stays loaded, or memory, handles, threads or inotify watches that keep rising.
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

    /// <summary>Runs the test.</summary>
    /// <returns>0 if nothing failed and nothing keeps rising; otherwise 1.</returns>
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
        var lastShown = TimeSpan.Zero;
        while (edit < options.Edits && clock.Elapsed < options.Longest && _wrong.Count < 20)
        {
            var version = ++edit;
            await TryAsync($"edit {version}", () => EditAsync(probe, version, cancellationToken));
            await DisturbAsync(probe, edit, cancellationToken);
            if (edit % options.Between == 0)
                await SampleAsync(edit, clock.Elapsed, cancellationToken);
            if (clock.Elapsed - lastShown > TimeSpan.FromMinutes(1))
            {
                lastShown = clock.Elapsed;
                Console.WriteLine($"{clock.Elapsed:hh\\:mm\\:ss} {edit} edits, {_calls} calls, {_wrong.Count} wrong, {_samples.LastOrDefault()}");
            }
        }
        await stop.CancelAsync();
        await Task.WhenAll(load);
        return await ReportAsync(edit, clock.Elapsed, cancellationToken);
    }

    // Every seventh edit is broken first: the previous version must stay in service, and the next edit must repair it.
    async Task EditAsync(McpClient probe, int edit, CancellationToken cancellationToken)
    {
        if (edit % 7 == 0)
        {
            _broken++;
            proxy.Save(EditedScript.File, EditedScript.Version(edit) + "\n this is not C#;");
            for (var i = 0; i < 5; i++)
                Expect(edit - 1, await EditsUnderLoad.CallVersionAsync(probe, cancellationToken), "the version before a broken edit");
        }
        proxy.Save(EditedScript.File, EditedScript.Version(edit, isDynamic: edit % 10 == 0));
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(2, cancellationToken))
        {
            var version = await EditsUnderLoad.CallVersionAsync(probe, cancellationToken);
            if (version == edit)
                return;
            if (waited.Elapsed > TimeSpan.FromSeconds(60))
                throw new TimeoutException($"Edit {edit} is not served after a minute; version {version} is.");
        }
    }

    async Task DisturbAsync(McpClient probe, int edit, CancellationToken cancellationToken)
    {
        if (edit % 3 == 0)
            await TryAsync("a short session", async () =>
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
            // The expected result.
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
                var version = await EditsUnderLoad.CallVersionAsync(client, CancellationToken.None);
                if (version < last)
                    _wrong.Enqueue($"Version {version} answered after {last}.");
                last = version;
                var text = $"{version}";
                Expect(text, await TextAsync(client, "echo", new() { ["message"] = text }, CancellationToken.None), "an echo");
                Interlocked.Add(ref _calls, 2);
            });
            // Limits the size of the call log over several hours.
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
            // Every exception counts as a failure; the messages are shown at the end.
            _wrong.Enqueue($"{what}: {e.GetType().Name}: {e.Message}");
        }
    }

    void Expect<T>(T expected, T actual, string what)
    {
        if (!Equals(expected, actual))
            _wrong.Enqueue($"{what}: expected {expected}, got {actual}");
    }

    // The broken edits and the cancelled calls are logged.
    static bool IsExpected(string line) => line.Contains("'edited' failed to compile") || line.Contains("request handler failed");

    static async Task<string> TextAsync(McpClient client, string tool, Dictionary<string, object?> arguments, CancellationToken cancellationToken)
    {
        var result = await client.CallToolAsync(tool, arguments, cancellationToken: cancellationToken);
        return string.Concat(result.Content.OfType<TextContentBlock>().Select(block => block.Text));
    }

    async Task SampleAsync(int edit, TimeSpan elapsed, CancellationToken cancellationToken) =>
        _samples.Add(new(edit, elapsed, proxy.Footprint(), await proxy.LiveGenerationsAsync(), _calls));

    async Task<int> ReportAsync(int edits, TimeSpan elapsed, CancellationToken cancellationToken)
    {
        var expected = 2 + _guests % 2;
        var live = await proxy.LiveGenerationsAsync();
        for (var waited = Stopwatch.StartNew(); live != expected && waited.Elapsed < TimeSpan.FromMinutes(1); live = await proxy.LiveGenerationsAsync())
            await Task.Delay(200, cancellationToken);
        var rising = SoakSample.Rising(_samples).ToList();
        Console.WriteLine($"edits            {edits} in {elapsed:hh\\:mm\\:ss}, of them broken first {_broken}");
        Console.WriteLine($"besides          {_sessions} sessions, {_bigs} results of {BigResult:N0} bytes, {_cancelled} cancelled calls, "
            + $"{_guests} times a plugin was added or removed");
        Console.WriteLine($"calls under load {_calls}, {options.Callers} callers, both eras");
        Console.WriteLine($"wrong            {_wrong.Count}{string.Concat(_wrong.Distinct().Take(10).Select(wrong => $"\n                 {wrong}"))}");
        Console.WriteLine($"old generations  {live - expected} alive at the end");
        Console.WriteLine($"first sample     {_samples.FirstOrDefault()}");
        Console.WriteLine($"last sample      {_samples.LastOrDefault()}");
        var trend = SoakSample.IsTooShort(_samples) ? "the run was too short" : rising.Count == 0 ? "nothing" : string.Join("; ", rising);
        Console.WriteLine($"rising           {trend}");
        foreach (var line in proxy.Warnings().Where(line => !IsExpected(line)).Distinct().Take(5))
            Console.WriteLine($"log              {line}");
        if (options.Picture is { } picture && _samples.Count > 1)
        {
            SoakPicture.Write(picture, _samples);
            Console.WriteLine($"picture          {picture}");
        }
        return _wrong.IsEmpty && live == expected && rising.Count == 0 ? 0 : 1;
    }
}
