using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using McpScript.Specs.Processes;
using McpScript.Telemetry;
using McpScript.Testing;
using McpScript.Testing.Processes;
using ModelContextProtocol;

namespace McpScript.Specs;

/// <summary>Traces and metrics of the time that each stage takes.</summary>
public class TelemetrySpecs
{
    [Fact]
    public async Task A_call_is_a_span_of_its_clients_trace_with_tool_and_outcome()
    {
        var (trace, parent) = (ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom());
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Instruments.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            // Other specs run at the same time: only what is of this trace counts.
            ActivityStopped = span => { if (span.TraceId == trace) spans.Enqueue(span); },
        };
        ActivitySource.AddActivityListener(listener);
        await using var host = await TestHost.StartAsync(
            ("say.csx", """mcp.Tool("say", "", () => "hello");"""),
            ("fail.csx", """mcp.Tool("fail", "", string () => throw new InvalidOperationException("the secret"));"""));
        var options = new RequestOptions { Meta = new() { ["traceparent"] = $"00-{trace.ToHexString()}-{parent.ToHexString()}-01" } };

        await (await host.Client).CallToolAsync("say", options: options);
        await (await host.Client).CallToolAsync("fail", options: options);

        // A span ends after its answer may have come.
        await TestHost.UntilAsync(() => spans.Count == 2, "both calls are spans");
        var (said, failed) = (spans.First(), spans.Last());
        Assert.Equal(("tools/call say", parent, ActivityStatusCode.Unset), (said.DisplayName, said.ParentSpanId, said.Status));
        Assert.Equal(("tools/call fail", parent, ActivityStatusCode.Error), (failed.DisplayName, failed.ParentSpanId, failed.Status));
        Assert.Equal("fail", failed.GetTagItem("gen_ai.tool.name"));
        Assert.NotNull(failed.GetTagItem("error.type"));
        Assert.DoesNotContain(failed.TagObjects, tag => $"{tag.Value}".Contains("secret"));
    }

    [Fact]
    public async Task The_stages_from_a_save_to_the_clients_are_logged_and_measured()
    {
        var stages = new ConcurrentDictionary<string, int>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "mcpscript.change.stage.duration") listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((_, seconds, tags, _) =>
        {
            Assert.True(seconds >= 0);
            stages[$"{tags[0].Value}"] = 1;
        });
        listener.Start();
        await using var host = await TestHost.StartAsync(("say.csx", Say.Script("hello")));
        await host.SaveAsync("say.csx", Say.Script("hi"));

        Assert.Equal(["compile", "event", "load", "notify", "read", "register", "settle", "swap"], stages.Keys.Order());
        Assert.Matches(@"A change on disk: event \d+\.\d ms after the write, settle \d+\.\d ms\.", host.Log.Text);
        Assert.Matches(@"Plugin 'say': read \d+\.\d ms, compile \d+\.\d, load \d+\.\d, register \d+\.\d, swap \d+\.\d, notify \d+\.\d\.", host.Log.Text);
    }

    [Fact]
    public async Task A_collector_that_the_environment_names_gets_spans_and_metrics()
    {
        await using var collector = await Collector.StartAsync();
        using var site = new ProxySite(("say.csx", Say.Script("hello")));
        site.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Endpoint;
        site.Environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        await using var proxy = await ProxyProcess.StartReadyAsync(site, "serve");
        await proxy.InitializeAsync();
        var trace = ActivityTraceId.CreateRandom();
        await proxy.WriteLineAsync($$$$"""{"jsonrpc":"2.0","id":"1","method":"tools/call","params":{"name":"say","_meta":"""
            + $$$$"""{"traceparent":"00-{{{{trace.ToHexString()}}}}-00f067aa0ba902b7-01"}}}""");
        Assert.Equal("hello", await proxy.AnswerAsync("1"));
        proxy.EndInput();
        Assert.Equal(0, await proxy.ExitAsync());

        var bytes = new byte[16];
        trace.CopyTo(bytes);
        Assert.True(collector.Has("traces", bytes));
        Assert.True(collector.Has("traces", "tools/call say"u8));
        Assert.True(collector.Has("traces", "mcp-proxy"u8));
        Assert.True(collector.Has("metrics", "mcpscript.change.stage.duration"u8));
        Assert.True(collector.Has("metrics", "mcpscript.call.duration"u8));
    }
}
