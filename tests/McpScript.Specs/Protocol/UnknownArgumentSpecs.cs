using System.Diagnostics.Metrics;
using McpScript.Telemetry;
using McpScript.Testing;

namespace McpScript.Specs.Protocol;

/// <summary><c>unknown_arguments</c>: clients that add fields of their own are served where the operator says so.</summary>
public class UnknownArgumentSpecs
{
    static readonly (string, string)[] Scripts =
    [
        ("greet.csx", """mcp.Tool("greet", "Greets.", (string name, string tone = "softly") => $"hello {name} {tone}");"""),
        ("other.csx", """mcp.Tool("other", "O.", (string name) => name);"""),
    ];

    const string Refused = "The arguments of 'greet' do not fit.\n- 'sessionId' is not an argument of this tool; it takes 'name', 'tone'.";

    [Fact, Trait("Fault", "B-Lesser")]
    public async Task Unknown_arguments_are_refused_by_default_and_with_ignore_dropped_counted_and_logged_once()
    {
        await using var host = await TestHost.StartAsync(new TestSetup { ConfigYaml = "log_level: INFO\n" }, Scripts);
        Assert.Equal(Refused, await host.CallAsync("greet", new { name = "Ada", sessionId = 1 }));

        await SaveAsync(host, "unknown_arguments: ignore\n");
        long ignored = 0;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, itself) =>
        {
            if (instrument.Meter.Name == Instruments.Name && instrument.Name == "mcpscript.call.arguments.ignored") itself.EnableMeasurementEvents(instrument);
        }
        };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) => { if (tags[0].Value as string == "greet") Interlocked.Add(ref ignored, count); });
        listener.Start();
        for (var call = 0; call < 3; call++)
            Assert.Equal("hello Ada softly", await host.CallAsync("greet", new { name = "Ada", sessionId = 1, toolCallId = "x" }));
        Assert.Equal(6, ignored);
        Assert.Single(host.Log.Lines, line => line.Contains("'sessionId', 'toolCallId', which 'greet' does not take; ignored"));
        // What is wrong otherwise stays wrong.
        Assert.Contains("'name' is missing", await host.CallAsync("greet", new { sessionId = 1 }));
    }

    [Fact, Trait("Fault", "B-Lesser")]
    public async Task A_single_plugin_may_have_another_rule_and_is_not_reloaded_for_it()
    {
        await using var host = await TestHost.StartAsync(new TestSetup { ConfigYaml = "plugins: { greet: { unknown_arguments: ignore } }\n" }, Scripts);
        Assert.Equal("hello Ada softly", await host.CallAsync("greet", new { name = "Ada", sessionId = 1 }));
        Assert.Contains("'x' is not an argument", await host.CallAsync("other", new { name = "Ada", x = 1 }));

        await SaveAsync(host, "unknown_arguments: ignore\nplugins: { greet: { unknown_arguments: refuse } }\n");
        Assert.Equal(Refused, await host.CallAsync("greet", new { name = "Ada", sessionId = 1 }));
        Assert.Equal("Ada", await host.CallAsync("other", new { name = "Ada", x = 1 }));
        Assert.Equal(1, host.StatusOf("greet").Generation);
    }

    static async Task SaveAsync(TestHost host, string yaml)
    {
        var applied = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Server.ConfigurationApplied += _ => applied.TrySetResult();
        await File.WriteAllTextAsync(host.Folder.ConfigFile, yaml);
        await applied.Task.WaitAsync(TestHost.Patience);
    }
}
