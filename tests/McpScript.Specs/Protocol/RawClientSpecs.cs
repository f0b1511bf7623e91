using System.Text.Json.Nodes;
using McpScript.Testing;
using McpScript.Testing.Protocol;
using ModelContextProtocol.Protocol;

namespace McpScript.Specs.Protocol;

/// <summary>Messages on the wire, in order, where the SDK's client handles them in parallel or hides them: over both transports, in both eras.</summary>
public class RawClientSpecs(FeatureHost features) : IClassFixture<FeatureHost>
{
    [Theory, ClassData(typeof(EveryWay))]
    public async Task R11_Progress_notifications_arrive_in_order_before_the_answer(Way way)
    {
        await using var client = await features.ConnectRawAsync(way);
        var received = await client.CallAsync("bake", new() { ["progressToken"] = "cake" }).ToListAsync();

        Assert.Equal(
            ["0/3 mixing", "1/3 baking", "2/3 cooling", "3/3 done", "A cake."],
            received.Select(message => message["params"] is { } step ? $"{step["progress"]}/{step["total"]} {step["message"]}"
                : (string?)message["result"]!["content"]![0]!["text"]));
        Assert.All(received[..^1],
            step => Assert.Equal((NotificationMethods.ProgressNotification, "cake"), ((string?)step["method"], (string?)step["params"]!["progressToken"])));
        // Without a progress token no reports are sent.
        Assert.Single(await client.CallAsync("bake").ToListAsync());
    }

    [Theory, InlineData(Way.PipesInSession), InlineData(Way.PipesStateless)]
    public async Task R11_A_call_that_its_client_cancels_by_name_is_stopped_in_the_plugin_and_not_answered(Way way)
    {
        await using var client = await features.ConnectRawAsync(way);
        var before = int.Parse(await client.ReadAsync("sheep://cancelled"));
        await client.CallAsync("count_sheep", new() { ["progressToken"] = "sheep" }, id: "sleep").FirstAsync();

        await client.NotifyAsync(NotificationMethods.CancelledNotification, new() { ["requestId"] = "sleep", ["reason"] = "Awake again." });
        var received = new List<JsonObject>();
        await Poll.UntilAsync(async () => int.Parse(await NowAsync()) != before, () => "the plugin has stopped the call");

        Assert.Equal(before + 1, int.Parse(await NowAsync()));
        Assert.DoesNotContain(received, message => (string?)message["id"] == "sleep");

        async Task<string> NowAsync()
        {
            received.AddRange(await client.RequestAsync(RequestMethods.ResourcesRead, new() { ["uri"] = "sheep://cancelled" }).ToListAsync());
            return (string)received[^1]["result"]!["contents"]![0]!["text"]!;
        }
    }

    [Theory, InlineData(Way.PipesStateless), InlineData(Way.HttpStateless)]
    public async Task R11_Without_a_session_a_request_sets_the_level_of_the_log_messages_that_it_receives(Way way)
    {
        await using var client = await features.ConnectRawAsync(way);
        Assert.Equal(["All tidy."], await MessagesAsync(null));
        Assert.Equal(["warning tidy_up Found 2 socks.", "All tidy."], await MessagesAsync("warning"));
        Assert.Equal(["debug tidy_up Looking under the bed.", "warning tidy_up Found 2 socks.", "All tidy."], await MessagesAsync("debug"));
        Assert.Equal(["All tidy."], await MessagesAsync("error"));

        async Task<IEnumerable<string?>> MessagesAsync(string? level) =>
            (await client.CallAsync("tidy_up", level is null ? null : new() { ["io.modelcontextprotocol/logLevel"] = level }).ToListAsync())
            .Select(message => message["params"] is { } logged ? $"{logged["level"]} {logged["logger"]} {logged["data"]}"
                : (string?)message["result"]!["content"]![0]!["text"]);
    }
}
