using System.Text.Json;
using System.Text.Json.Nodes;
using McpScript.Testing;
using McpScript.Testing.Processes;
using McpScript.Testing.Protocol;
using McpScript.Testing.Suites;

namespace McpScript.Specs.Protocol;

/// <summary>The official clients log no errors when calls are cancelled and streams are lost, and receive changes afterwards.</summary>
public class ClientRecoverySpecs
{
    const string Waits = """
        mcp.Tool("wait", "Waits until it is cancelled.", async (IProgress<ProgressNotificationValue> progress, CancellationToken ct) =>
        {
            progress.Report(new() { Progress = 1 });
            await Task.Delay(Timeout.Infinite, ct);
            return "never";
        });
        """;

    [SuiteTheory(SlowSuites.Peers)]
    [InlineData("sdk")]
    [InlineData("client")]
    [InlineData("mcp-remote")]
    [Trait("Fault", "B-F1")]
    public async Task A_client_that_cancels_calls_gets_no_error_and_is_notified_of_an_edit(string client)
    {
        var seen = await RunAsync(client, giveUp: true);

        Assert.Equal("given up", (string?)seen["aborted"]);
        Assert.Equal("given up", (string?)seen["timedOut"]);
        Assert.Equal("two", (string?)seen["answer"]);
        Assert.Empty(seen["complaints"]!.AsArray());
        // mcp-remote opens a session of its own first.
        Assert.Equal(["405 resumed", "405 resumed"], Gets(seen).Where(status => status != "200"));
    }

    [SuiteTheory(SlowSuites.Peers)]
    [InlineData("sdk")]
    [InlineData("client")]
    [InlineData("mcp-remote")]
    [Trait("Fault", "B-F2")]
    public async Task A_client_whose_old_stream_a_proxy_keeps_open_listens_again_and_is_notified_of_an_edit(string client)
    {
        var seen = await RunAsync(client, drop: true);

        Assert.Equal("two", (string?)seen["answer"]);
        Assert.Equal(["200 resumed"], Gets(seen).Where(status => status != "200"));
        // That its connection broke is the client's own news; that it could not listen again would be ours.
        Assert.DoesNotContain(seen["complaints"]!.AsArray(), text => !((string)text!).Contains("terminated", StringComparison.Ordinal));
    }

    static IEnumerable<string> Gets(JsonNode seen) => seen["gets"]!.AsArray().Select(status => (string)status!);

    static async Task<JsonNode> RunAsync(string client, bool giveUp = false, bool drop = false)
    {
        if (await NodePackages.Client.MissingAsync() is { } reason)
            Assert.Skip(reason);
        await using var host = await TestHost.StartAsync(("wait.csx", Waits), ("say.csx", Say.Script("one")));
        await using var http = await HttpTestHost.StartAsync(host);
        var beside = Path.Combine(host.Folder.Outside, "say.tmp");
        var edit = new { beside, file = host.Folder["say.csx"], text = Say.Script("two") };
        var plan = new { client, url = http.Url, folder = host.Folder.Outside, giveUp, drop, edit };
        return JsonNode.Parse(await NodePackages.Client.RunAsync("quiet.mjs", JsonSerializer.Serialize(plan)))!;
    }
}
