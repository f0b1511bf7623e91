using System.Diagnostics.Metrics;
using System.Text;
using System.Text.RegularExpressions;
using McpScript.CallLog;
using McpScript.Configuration;
using McpScript.Http.Endpoint;
using McpScript.Http.Hosting;
using McpScript.Http.Requests;
using McpScript.Specs.Gates;
using McpScript.Specs.Processes;
using McpScript.Testing;
using McpScript.Testing.OAuth;
using McpScript.Testing.Processes;
using McpScript.Testing.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpScript.Specs;

/// <summary>Every metric, provoked. Apart from all other specs: what is open in this process is counted for the whole of it.</summary>
[Collection(nameof(Metrics))]
[Trait("Fault", "Operators")]
public partial class MetricSpecs
{
    const string Sessions = "mcpscript.http.sessions", Streams = "mcpscript.http.streams", Dropped = "mcpscript.call.log.dropped",
        Introspections = "mcpscript.oauth.introspection.duration";

    [CollectionDefinition(nameof(Metrics), DisableParallelization = true)]
    public class Metrics;

    [Fact]
    public async Task Open_sessions_and_GET_streams_are_correct_also_for_a_listener_that_starts_late()
    {
        await using var host = await TestHost.StartAsync(new TestSetup { Watch = false }, ("say.csx", Say.Script("hello")));
        using var readings = new Readings();
        // What other specs of this process have left open.
        var (sessions, streams, listens) = (readings.Now(Sessions), readings.Now(Streams, "kind=get"), readings.Now(Streams, "kind=listen"));
        await using (var http = await HttpTestHost.StartAsync(host))
        {
            var first = await http.ConnectAsync(Era.Sessions);
            await http.ConnectAsync(Era.Sessions);
            using var late = new Readings();
            await TestHost.UntilAsync(
                () => (late.Now(Sessions), late.Now(Streams, "kind=get"), late.Now(Streams, "kind=listen")) == (sessions + 2, streams + 2, listens),
                "two sessions with a stream each");

            await first.DisposeAsync();
            await TestHost.UntilAsync(() => (late.Now(Sessions), late.Now(Streams, "kind=get")) == (sessions + 1, streams + 1), "one session with its stream");
        }
        await TestHost.UntilAsync(() => (readings.Now(Sessions), readings.Now(Streams, "kind=get")) == (sessions, streams), "nothing is open any more");
    }

    [Fact]
    public async Task A_stateless_clients_stream_is_open_until_the_client_disconnects()
    {
        await using var host = await TestHost.StartAsync(new TestSetup { Watch = false }, ("say.csx", Say.Script("hello")));
        await using var http = await HttpTestHost.StartAsync(host);
        using var readings = new Readings();
        var (sessions, streams, listens) = (readings.Now(Sessions), readings.Now(Streams, "kind=get"), readings.Now(Streams, "kind=listen"));
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, http.Url) { Content = new StringContent(Wire.Listen, Encoding.UTF8, "application/json") };
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        request.Headers.Add("MCP-Protocol-Version", Era.Stateless);
        request.Headers.Add("Mcp-Method", "subscriptions/listen");
        using (var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).WaitAsync(TestHost.Patience))
            await TestHost.UntilAsync(
                () => (readings.Now(Streams, "kind=listen"), readings.Now(Streams, "kind=get"), readings.Now(Sessions)) == (listens + 1, streams, sessions),
                "a stream without a session");

        await TestHost.UntilAsync(() => readings.Now(Streams, "kind=listen") == listens, "the stream is over");
    }

    [Fact]
    public async Task Introspections_are_counted_by_outcome_and_cached_tokens_are_not_counted()
    {
        await using var host = await TestHost.StartAsync(new TestSetup { Watch = false }, ("say.csx", Say.Script("hello")));
        await using var server = await Introspector.StartAsync();
        await using var mcp = await TokenMcp.StartAsync(host, server.Url);
        using var readings = new Readings();
        var port = $"server.port={server.Url.Port}";

        server.Always($$"""{"active":true,"scope":"user","aud":"{{TokenMcp.PublicUrl}}","sub":"ada"}""");
        await mcp.WithAsync("good-token-of-the-metrics");
        await mcp.WithAsync("good-token-of-the-metrics");
        Assert.Equal((1, 1), (readings.Count(Introspections, port, "outcome=active"), readings.Count(Introspections, port, "server.address=127.0.0.1")));
        server.Always("""{"active":false}""");
        await mcp.WithAsync("revoked-token-of-the-metrics");
        Assert.Equal(1, readings.Count(Introspections, port, "outcome=inactive"));
        server.Always("nonsense");
        await mcp.WithAsync("other-token-of-the-metrics");
        Assert.Equal((1, 3), (readings.Count(Introspections, port, "outcome=error"), readings.Count(Introspections, port)));
    }

    [Fact]
    public async Task Codes_and_lock_outs_are_counted_by_group()
    {
        const string codes = "mcpscript.gate.codes", lockouts = "mcpscript.gate.lockouts";
        await using var gated = await GatedHost.StartAsync(["metrics"], ("say.csx", Say.Script("hello")));
        var client = await gated.SessionAsync();
        using var readings = new Readings();
        Task GiveAsync(string code) => client.TextAsync("gate_unlock", new { group = "metrics", code });
        double Codes(string outcome) => readings.Sum(codes, "group=metrics", $"outcome={outcome}");

        await GiveAsync(gated.Code("metrics"));
        await GiveAsync(gated.Code("metrics"));
        await GiveAsync("abc");
        Assert.Equal((1, 1, 1, 0), (Codes("accepted"), Codes("used"), Codes("malformed"), readings.Sum(lockouts)));
        gated.NextCode();
        for (var guess = 0; readings.Sum(lockouts) == 0 && guess < 20; guess++)
            await GiveAsync(gated.Wrong("metrics"));
        Assert.Equal((1, 0), (readings.Sum(lockouts, "group=metrics"), Codes("locked_out")));
        await GiveAsync(gated.Code("metrics"));
        Assert.Equal((1, 1, 1), (readings.Sum(lockouts), Codes("locked_out"), Codes("accepted")));
        Assert.Equal(new GateSettings().Lockout.Attempts - 2, Codes("wrong"));
    }

    [Fact]
    public async Task Entries_that_the_call_log_loses_are_counted_by_their_logger()
    {
        using var readings = new Readings();
        await using (var host = await TestHost.StartAsync(
            new TestSetup
            {
                Options = new() { ToolLoggers = [new FullDisk()] },
                Prepare = folder => File.WriteAllText(folder.Logs, "a file where a folder should be")
            }, ("say.csx", Say.Script("hello"))))
        {
            await host.CallAsync("say");
            await host.CallAsync("say");
            await host.Server.CallLog!.FlushAsync();
            Assert.Equal(host.Server.CallLog.Dropped, readings.Sum(Dropped));
        }
        Assert.Equal((2, 2), (readings.Sum(Dropped, $"logger={nameof(FullDisk)}"), readings.Sum(Dropped, "logger=JsonlToolLogger")));
    }

    [Fact]
    public async Task Entries_that_a_full_queue_rejects_are_counted()
    {
        using var readings = new Readings();
        using var door = new ManualResetEventSlim();
        var stuck = new Stuck(door);
        var options = new BackgroundToolLoggerOptions { Capacity = 1, LongestWait = TimeSpan.FromMilliseconds(1) };
        await using var logger = new BackgroundToolLogger(new([stuck]), Redaction.Default, options);
        logger.Write(Call);
        await stuck.Came.Task.WaitAsync(TestHost.Patience);
        logger.Write(Call);
        logger.Write(Call);
        Assert.Equal((1, 1), (readings.Sum(Dropped, "logger=queue"), logger.Dropped));
        door.Set();
    }

    [Fact]
    public async Task Refusals_are_counted_by_port_and_status()
    {
        using var readings = new Readings();
        await using var host = await TestHost.StartAsync(new TestSetup { Watch = false }, ("say.csx", Say.Script("hello")));
        var requests = new RequestMonitor(NullLoggerFactory.Instance, access: false, TimeProvider.System);
        await using var listener = await Listener.StartAsync("MCP", "127.0.0.1", 0, app =>
            {
                requests.Use(app, "MCP");
                app.MapMcp(new() { Servers = host.Server.Servers });
            }, NullLoggerFactory.Instance, TimeSpan.FromSeconds(2));
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{listener.Port}/mcp") { Headers = { Host = "evil.example" } };

        Assert.Equal(System.Net.HttpStatusCode.Forbidden, (await client.SendAsync(request).WaitAsync(TestHost.Patience)).StatusCode);
        await TestHost.UntilAsync(() => readings.Sum("mcpscript.http.refusals", "port=MCP", "http.response.status_code=403") == 1, "the refusal is counted");
    }

    [Fact]
    public async Task The_table_of_the_page_lists_every_instrument_with_its_kind_its_unit_and_the_attributes_that_it_measures()
    {
        using var readings = new Readings();
        await Open_sessions_and_GET_streams_are_correct_also_for_a_listener_that_starts_late();
        await Introspections_are_counted_by_outcome_and_cached_tokens_are_not_counted();
        await Codes_and_lock_outs_are_counted_by_group();
        await Entries_that_the_call_log_loses_are_counted_by_their_logger();
        await Refusals_are_counted_by_port_and_status();
        readings.Now(Sessions);
        var page = Row().Matches(File.ReadAllText(Path.Combine(BuiltProgram.Checkout, "docs/observability.md")))
            .ToDictionary(row => row.Groups["name"].Value, row => (Kind: row.Groups["kind"].Value, Unit: row.Groups["unit"].Value,
                Tags: Quoted().Matches(row.Groups["tags"].Value).Select(tag => tag.Groups[1].Value).ToList()));

        Assert.Equal(readings.Published.Values.Select(one => $"{one.Name} {KindOf(one)} {one.Unit}").Order(),
            page.Select(row => $"{row.Key} {row.Value.Kind} {row.Value.Unit}").Order());
        Assert.All(readings.Published.Values, instrument => Assert.False(string.IsNullOrEmpty(instrument.Description)));
        foreach (var (name, row) in page)
        {
            var measured = readings.All.Where(reading => reading.Instrument == name).SelectMany(reading => reading.Tags)
                .Select(tag => tag[..tag.IndexOf('=')]).Distinct();
            Assert.Empty(measured.Except(row.Tags));
        }
    }

    static string KindOf(Instrument instrument) => instrument switch
    {
        Counter<long> => "counter",
        Histogram<double> => "histogram",
        ObservableUpDownCounter<long> => "up-down counter",
        _ => instrument.GetType().Name,
    };

    static ToolCall Call => new() { Time = DateTimeOffset.UnixEpoch, Tool = "say", Ok = true };

    [GeneratedRegex(@"^\| `(?<name>mcpscript[\w.]+)` \| (?<kind>[\w -]+) \| `(?<unit>[^`]+)` \| (?<tags>[^|]*)\|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();

    sealed class FullDisk : IToolCallLogger
    {
        public void Write(ToolCall call) => throw new InvalidOperationException("There is no room.");
    }

    sealed class Stuck(ManualResetEventSlim door) : IToolCallLogger
    {
        public TaskCompletionSource Came { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Write(ToolCall call)
        {
            Came.TrySetResult();
            door.Wait();
        }
    }
}
