using System.Text.Json;
using McpScript.Testing;
using McpScript.Testing.Protocol;
using ModelContextProtocol.Protocol;

namespace McpScript.Specs.Protocol;

/// <summary>Calls that wait for their client's answer (DECISIONS 13 and 17).</summary>
public class ParkedCallSpecs
{
    const string Asking = """
        mcp.Tool("ask", "Asks twice.", async (McpServer server, CancellationToken ct) =>
        {
            var request =
                new ElicitRequestParams { Message = "Well?", RequestedSchema = new() { Properties = { ["text"] = new ElicitRequestParams.StringSchema() } } };
            var (one, two) = (await server.ElicitAsync(request, ct), await server.ElicitAsync(request, ct));
            return $"{one.Content?["text"]} {two.Content?["text"]}";
        });
        """;

    [Theory, ClassData(typeof(EveryWay))]
    public async Task A_handler_may_send_more_than_one_request_to_its_client(Way way)
    {
        await using var host = await ReachedHost.StartAsync(way, ("ask.csx", Asking));
        var answers = new Queue<string>(["left", "right"]);
        var client = await host.ConnectAsync(options => options.Handlers.ElicitationHandler = (_, _) => new(Said(answers.Dequeue())));
        Assert.Equal("left right", await client.SayAsync("ask"));
    }

    [Theory, InlineData(Way.PipesStateless), InlineData(Way.HttpStateless)]
    public async Task A_parked_handler_is_cancelled_by_a_reload_and_the_caller_gets_an_error_that_says_to_retry(Way way)
    {
        await using var host = await ReachedHost.StartAsync(way, ("ask.csx", Asking));
        var reloaded = 0;
        var client = await host.ConnectAsync(options => options.Handlers.ElicitationHandler = async (_, _) =>
        {
            // The author saves while the user is thinking; the old generation does not wait for the user.
            if (Interlocked.Increment(ref reloaded) == 1)
            {
                await host.Host.SaveAsync("ask.csx", Asking + "// edited");
                await TestHost.UntilAsync(() => host.Host.Registry.LiveGenerations == 1, "the old generation is gone");
            }
            return Said("late");
        });

        var result = await client.CallToolAsync("ask").AsTask().WaitAsync(TestHost.Patience);
        Assert.True(result.IsError);
        Assert.Contains(
            "the plugin was reloaded while it waited for an answer; call again.", Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text);
        Assert.Equal("late late", await client.SayAsync("ask"));
    }

    [Theory, InlineData(Way.PipesInSession), InlineData(Way.HttpInSession)]
    public async Task In_a_session_a_call_that_waits_for_its_client_finishes_on_the_code_it_started_with(Way way)
    {
        await using var host = await ReachedHost.StartAsync(way, ("ask.csx", Asking));
        var reloaded = 0;
        var client = await host.ConnectAsync(options => options.Handlers.ElicitationHandler = async (_, _) =>
        {
            if (Interlocked.Increment(ref reloaded) == 1)
                await host.Host.SaveAsync("ask.csx", """mcp.Tool("ask", "Asks no more.", () => "new");""");
            return Said("late");
        });

        Assert.Equal("late late", await client.SayAsync("ask"));
        Assert.Equal("new", await client.SayAsync("ask"));
        await TestHost.UntilAsync(() => host.Host.Registry.LiveGenerations == 1, "the old generation is gone");
    }

    static ElicitResult Said(string text) =>
        new() { Action = "accept", Content = new Dictionary<string, JsonElement> { ["text"] = JsonSerializer.SerializeToElement(text) } };
}
