using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using McpScript.Catalogs;
using McpScript.Configuration;
using McpScript.Invocation.Arguments;
using McpScript.Model;
using McpScript.Telemetry;

namespace McpScript.Core.Tests.Invocation.Arguments;

/// <summary>The rule for unknown arguments is the plugin's own or the general one, and those that are ignored are counted and logged once.</summary>
public class UnknownArgumentsTests
{
    readonly LogLines<UnknownArguments> _log = new();

    [Theory]
    [InlineData(UnknownArgumentRule.Refuse, null, false)]
    [InlineData(UnknownArgumentRule.Ignore, null, true)]
    [InlineData(UnknownArgumentRule.Refuse, UnknownArgumentRule.Ignore, true)]
    [InlineData(UnknownArgumentRule.Ignore, UnknownArgumentRule.Refuse, false)]
    public void A_plugins_own_rule_comes_before_the_general_one(UnknownArgumentRule general, UnknownArgumentRule? own, bool ignored)
    {
        var unknown = Open(new() { UnknownArguments = general, Plugins = McpScriptConfigPlugins("echo", own) });

        Assert.Equal(ignored, unknown.AreIgnoredBy("say"));
        Assert.Equal(general == UnknownArgumentRule.Ignore, unknown.AreIgnoredBy("own"));
        Assert.Equal(general == UnknownArgumentRule.Ignore, unknown.AreIgnoredBy("none"));
    }

    [Fact]
    public void A_changed_rule_takes_effect_at_once()
    {
        var config = new McpScriptConfig();
        var unknown = new UnknownArguments(() => config, new CurrentCatalog(), _log);
        Assert.False(unknown.AreIgnoredBy("say"));

        config = new() { UnknownArguments = UnknownArgumentRule.Ignore };

        Assert.True(unknown.AreIgnoredBy("say"));
    }

    [Fact]
    public void Unknown_arguments_are_logged_once_for_each_tool_and_client()
    {
        var unknown = Open(new());
        foreach (var (tool, client) in new[] { ("say", "one"), ("say", "two"), ("work", "one"), ("say", "one"), ("work", "one") })
            unknown.Note(tool, TestCall.Of(TestRequest.Call(tool, client: client)), ["a", "b"]);

        const string Ending = "ignored (unknown_arguments: ignore). This is logged once for each tool and client.";
        Assert.Equal(
            from noted in new[] { ("one", "say"), ("two", "say"), ("one", "work") }
            select $"Information: Client '{noted.Item1}' sends 'a', 'b', which '{noted.Item2}' does not take; {Ending}",
            _log.Lines);
    }

    [Theory]
    [InlineData("client", "ann", "client")]
    [InlineData(null, "ann", "ann")]
    [InlineData(null, null, "unknown")]
    public void A_client_without_a_name_is_identified_by_its_user(string? client, string? principal, string shown)
    {
        Open(new()).Note("say", TestCall.Of(TestRequest.Call("say", principal: principal, client: client)), ["a"]);

        Assert.StartsWith($"Information: Client '{shown}' sends", Assert.Single(_log.Lines));
    }

    [Fact]
    public void Long_names_and_long_lists_of_names_are_cut()
    {
        Open(new()).Note("say", TestCall.Of(TestRequest.Call("say", client: new string('c', 61))), [new string('n', 61), .. Enumerable.Range(1,
            15).Select(number => $"n{number}")]);

        Assert.StartsWith(
            $"Information: Client '{new string('c', 57)}...' sends '{new string('n', 57)}...', 'n1', 'n2', 'n3', 'n4', 'n5', 'n6', 'n7', 'n8', 'n9', which",
            Assert.Single(_log.Lines));
    }

    [Fact]
    public void The_number_of_remembered_clients_is_limited()
    {
        var unknown = Open(new());
        for (var client = 0; client < 1_100; client++)
            unknown.Note("say", TestCall.Of(TestRequest.Call("say", client: $"{client}")), ["a"]);

        Assert.Equal(1_000, _log.Lines.Count);
    }

    [Fact]
    public void Unknown_arguments_are_counted_by_tool()
    {
        long measured = 0;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, own) =>
        {
            if (instrument.Meter.Name == Instruments.Name && instrument.Name == "mcpscript.call.arguments.ignored")
                own.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) => measured += tags.ToArray().Any(tag => tag.Value is "counted") ? count : 0);
        listener.Start();

        var unknown = Open(new());
        unknown.Note("counted", TestCall.Of(TestRequest.Call("counted")), ["a", "b"]);
        unknown.Note("counted", TestCall.Of(TestRequest.Call("counted")), ["a"]);

        Assert.Equal(3, measured);
    }

    UnknownArguments Open(McpScriptConfig config)
    {
        var served = new CurrentCatalog();
        served.Swap(Catalog.Of([TestPlugin.Create("echo", "say", "work")], PluginPrimitives.Empty with { Tools = [TestPlugin.Tool("own")] }, out _));
        return new(() => config, served, _log);
    }

    static ImmutableSortedDictionary<string, PluginEntry> McpScriptConfigPlugins(string name, UnknownArgumentRule? rule) =>
        ImmutableSortedDictionary.Create<string, PluginEntry>(StringComparer.OrdinalIgnoreCase).Add(name, new() { UnknownArguments = rule });
}
