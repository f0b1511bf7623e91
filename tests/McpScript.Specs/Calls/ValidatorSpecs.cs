using McpScript.Testing;
using McpScript.Testing.Protocol;
using ModelContextProtocol.Protocol;

namespace McpScript.Specs.Calls;

/// <summary>Validators: code that checks calls before they run.</summary>
public class ValidatorSpecs
{
    const string Work = """mcp.Tool("work", "Works.", (string text) => $"did {text}");""";

    [Fact]
    public async Task R8_A_refusal_is_an_error_result_for_the_model_and_a_log_entry_also_for_structured_tools()
    {
        await using var host = await TestHost.StartAsync(
            new TestSetup
            {
                Options = new McpScriptServerOptions()
                .AddPreCallValidator(call => call.Arguments["text"].GetString() == "evil" ? "no evil here." : null)
            },
            ("typed.csx", """
                record Answer(string Text, int Length);
                mcp.Tool("typed", "Answers with a record.", (string text) => new Answer(text, text.Length));
                """));

        var refused = await host.CallForResultAsync("typed", new { text = "evil" });
        Assert.Equal((true, "Rejected: no evil here."), (refused.IsError, ((TextContentBlock)refused.Content.Single()).Text));
        Assert.Null(refused.StructuredContent);
        Assert.Equal(4, (await host.CallForResultAsync("typed", new { text = "good" })).StructuredContent!.Value.GetProperty("length").GetInt32());

        await host.Server.CallLog!.FlushAsync();
        Assert.Contains("\"ok\":false", Entry(host, "evil"));
        Assert.Contains("\"error\":\"refused\"", Entry(host, "evil"));
    }

    [Theory]
    [InlineData(Way.PipesInSession)]
    [InlineData(Way.PipesStateless)]
    [InlineData(Way.HttpInSession)]
    [InlineData(Way.HttpStateless)]
    public async Task A_plugins_validator_sees_its_own_tools_under_their_final_names_and_no_others(Way way)
    {
        await using var host = await ReachedHost.StartAsync(way, new TestSetup { Configure = config => config with { AutoPrefix = true } },
            ("mine.csx", Work + """
                mcp.AddPreCallValidator(call => $"{call.Tool} of {call.Plugin} with {call.Arguments["text"]}.");
                """),
            ("other.csx", """mcp.Tool("free", "Is free.", () => "free");"""));
        var client = await host.ConnectAsync();

        Assert.Equal("Rejected: mine_work of mine with x.", Text(await client.CallToolAsync("mine_work", new Dictionary<string, object?> { ["text"] = "x" })));
        Assert.Equal("free", Text(await client.CallToolAsync("other_free", new Dictionary<string, object?>())));
    }

    [Fact]
    public async Task A_plugin_that_the_configuration_lists_sees_every_call_the_proxys_own_and_dispatched_ones_too()
    {
        await using var host = await TestHost.StartAsync(new TestSetup { ConfigYaml = "validators: [policy]\ndynamic_dispatch: true\n" },
            ("policy.csx", """
                mcp.Tool("policy", "Tells.", () => "strict");
                mcp.AddPreCallValidator(async (call, ct) =>
                {
                    await Task.Yield();
                    return call.Tool is "work" or "proxy__list" or "late" ? $"{call.Tool} is not allowed." : null;
                });
                """),
            ("work.csx", Work));
        await host.SaveAsync("late.csx", """mcp.Tool("late", "Comes late.", () => "late");""");

        Assert.Equal("Rejected: work is not allowed.", await host.CallAsync("work", new { text = "x" }));
        Assert.Equal("Rejected: proxy__list is not allowed.", await host.CallAsync("proxy__list"));
        Assert.Equal("Rejected: late is not allowed.", await host.CallAsync("proxy__run", new { tool = "late" }));
        Assert.Equal("strict", await host.CallAsync("policy"));

        await host.SaveAsync("policy.csx", """mcp.Tool("policy", "Tells.", () => "mild"); mcp.AddPreCallValidator(call => null);""");
        Assert.Equal("did x", await host.CallAsync("work", new { text = "x" }));

        // Who has to agree and is not there does not agree.
        await host.Registry.UnloadAsync("policy");
        Assert.Equal("Rejected: plugin 'policy' has to validate every call ('validators' in the configuration), and it is not loaded.",
            await host.CallAsync("work", new { text = "x" }));
        await host.Registry.LoadAsync("policy");
        Assert.Equal("did x", await host.CallAsync("work", new { text = "x" }));
        await TestHost.UntilAsync(() => host.Registry.LiveGenerations == 3, "the validators of before are gone");
    }

    [Fact]
    public async Task A_validator_that_throws_refuses_the_call_and_the_reason_is_only_in_the_log()
    {
        await using var host = await TestHost.StartAsync(("work.csx", Work + """
            mcp.AddPreCallValidator(call => call.Arguments["text"].GetString() switch
            {
                "a" => throw new InvalidOperationException("secret database name"),
                "b" => throw new ModelContextProtocol.McpException("only on weekdays."),
                _ => null,
            });
            """));
        Assert.Equal("Rejected: the validator of plugin 'work' failed; the server's log says why.", await host.CallAsync("work", new { text = "a" }));
        Assert.Contains("secret database name", host.Log.Text);
        Assert.Equal("Rejected: only on weekdays.", await host.CallAsync("work", new { text = "b" }));
        Assert.Equal("did c", await host.CallAsync("work", new { text = "c" }));
    }

    [Fact]
    public async Task Invalid_arguments_are_reported_before_a_validator_runs()
    {
        await using var host = await TestHost.StartAsync(("work.csx", Work + """mcp.AddPreCallValidator(call => call.Arguments["text"].GetString());"""));
        Assert.StartsWith("The arguments of 'work' do not fit.", await host.CallAsync("work"));
        Assert.Equal("Rejected: x", await host.CallAsync("work", new { text = "x" }));
    }

    static string Text(CallToolResult result) => ((TextContentBlock)result.Content.Single()).Text;

    static string Entry(TestHost host, string part) =>
        File.ReadLines(Path.Combine(host.Folder.Logs, "tool_calls.jsonl")).Single(line => line.Contains(part)).Replace("\": ", "\":");
}
