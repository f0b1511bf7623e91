using System.Text.Json.Nodes;
using McpScript.Specs.Gates;
using McpScript.Testing;
using McpScript.Testing.OAuth;
using McpScript.Testing.Processes;
using McpScript.Testing.Protocol;

namespace McpScript.Specs.Authentication;

/// <summary>Two authorization servers may each have a user of one name: to the server these are two callers, in every respect.</summary>
[Trait("Fault", "C4")]
public class TwoIssuerSpecs
{
    const string One = "ann https://one.example", Other = "ann https://other.example";

    [Fact]
    public async Task Callers_of_two_issuers_share_no_unlock_of_the_gate()
    {
        await using var gated = await GatedHost.StartAsync(["shell"], ("shell.csx", """mcp.Tool("sh", "Runs.", () => "ran").Protect("shell");"""));
        var (one, ones, other) = (await gated.StatelessAsync(One), await gated.StatelessAsync(One), await gated.StatelessAsync(Other));
        Assert.StartsWith("Group 'shell' unlocked.", await gated.UnlockAsync(one, "shell"));

        Assert.Equal("ran", await ones.TextAsync("sh"));
        Assert.True((await other.TextAsync("sh")).IsLocked("shell"));
        // Nor does the lock-out of one lock the other out.
        for (var wrong = 0; wrong < 5; wrong++)
            await other.TextAsync("gate_unlock", new { group = "shell", code = gated.Wrong("shell") });
        gated.NextCode();
        Assert.StartsWith("Group 'shell' unlocked.", await gated.UnlockAsync(one, "shell"));
    }

    [Fact]
    public async Task Callers_of_two_issuers_share_no_rate_and_no_values_per_session()
    {
        await using var host = await TestHost.StartAsync(
            new TestSetup { Watch = false, ConfigYaml = "limits: { rate: 2, rate_window: 86400 }\n" },
            ("count.csx", """
                sealed class Counter { public int Count; }
                var counters = mcp.PerSession(() => new Counter());
                mcp.Tool("count", "Counts.", () => ++counters.Current.Count);
                """));
        await using var http = await HttpTestHost.StartAsync(host);
        var (one, other) = (await http.ConnectAsync(Era.Stateless, user: One), await http.ConnectAsync(Era.Stateless, user: Other));

        Assert.Equal(("1", "2", "1"), (await one.SayAsync("count"), await one.SayAsync("count"), await other.SayAsync("count")));
        Assert.StartsWith("Rejected: 'count' may be called 2 times", await one.SayAsync("count"));
        Assert.Equal("2", await other.SayAsync("count"));
    }

    [Fact]
    public async Task Callers_of_two_issuers_cannot_use_each_others_session_or_answer_its_requests()
    {
        await using var host = await TestHost.StartAsync(new TestSetup { Watch = false }, ("ask.csx", """
            mcp.Tool("ask", "Asks.", async (McpServer server, CancellationToken ct) =>
                (await server.ElicitAsync(new ElicitRequestParams { Message = "Well?",
                    RequestedSchema = new() { Properties = { ["text"] = new ElicitRequestParams.StringSchema() } } }, ct)).Content?["text"].ToString());
            """));
        await using var http = await HttpTestHost.StartAsync(host);
        var one = await http.ConnectAsync(Era.Sessions, user: One);
        var taken = await TokenMcp.SendAsync(http.Url, null, HttpMethod.Delete, headers =>
        {
            headers.Add(HttpTestHost.UserHeader, Other);
            headers.Add("Mcp-Session-Id", one.SessionId);
        });
        Assert.Equal(403, taken.Status);

        var state = (string)(await RequestAsync(http, One, "{}"))["result"]!["requestState"]!;
        var answer = """{"requestState":"STATE","inputResponses":{"elicitation":{"action":"accept","content":{"text":"mine"}}}}""".Replace("STATE", state);
        Assert.Contains("The requestState is not known", (await RequestAsync(http, Other, answer))["error"]!["message"]!.ToString());
        Assert.Equal("mine", (await RequestAsync(http, One, answer))["result"]!["content"]![0]!["text"]!.ToString());
    }

    static async Task<JsonNode> RequestAsync(HttpTestHost http, string user, string more)
    {
        var call = JsonNode.Parse(more)!.AsObject();
        (call["name"], call["arguments"]) = ("ask", new JsonObject());
        call["_meta"] = new JsonObject
        {
            ["io.modelcontextprotocol/protocolVersion"] = Era.Stateless,
            ["io.modelcontextprotocol/clientCapabilities"] = new JsonObject { ["elicitation"] = new JsonObject() },
        };
        var body = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = 1, ["method"] = "tools/call", ["params"] = call };
        var answer = await TokenMcp.SendAsync(http.Url, null, HttpMethod.Post, headers =>
        {
            headers.Add(HttpTestHost.UserHeader, user);
            headers.Add("MCP-Protocol-Version", Era.Stateless);
            headers.Add("Mcp-Method", "tools/call");
            headers.Add("Mcp-Name", "ask");
        }, body.ToJsonString());
        var data = answer.Text.Split('\n').LastOrDefault(line => line.StartsWith("data: {", StringComparison.Ordinal));
        return JsonNode.Parse(data is null ? answer.Text : data["data: ".Length..])!;
    }
}
