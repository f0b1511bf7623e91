using System.Text.Json.Nodes;
using McpScript.Testing;

namespace McpScript.Specs.Authentication;

/// <summary>Answers of an authorization server that is down, slow or does not follow RFC 7662.</summary>
public class IntrospectionFaultSpecs : IntrospectedSpecs
{
    [Theory]
    [InlineData("")]
    [InlineData("no")]
    [InlineData("[]")]
    [InlineData("[{\"active\":true}]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"active\":\"true\"}")]
    [InlineData("{\"active\":1}")]
    [InlineData("{\"active\":false,\"active\":true}")]
    [InlineData("{\"active\":true")]
    [InlineData("+ \"scope\": [\"user\"]")]
    [InlineData("+ \"scope\": 1")]
    [InlineData("+ \"exp\": \"tomorrow\"")]
    [InlineData("+ \"exp\": 1e300")]
    [InlineData("+ \"exp\": -1")]
    [InlineData("+ \"nbf\": {}")]
    [InlineData("+ \"aud\": {\"https://mcp.example/mcp\": true}")]
    [InlineData("+ \"aud\": [\"https://mcp.example/mcp\", 1]")]
    [InlineData("+ \"sub\": 7")]
    [InlineData("+ \"client_id\": []")]
    [InlineData("+ \"token_type\": \"DPoP\"")]
    [InlineData("+ \"cnf\": {\"jkt\": \"x\"}")]
    public async Task S10_With_any_invalid_answer_the_token_is_refused_and_the_log_gives_the_reason(string body)
    {
        await using var mcp = await StartAsync();
        _server.Always(body.StartsWith('+') ? Active(answer =>
        {
            foreach (var (name, value) in JsonNode.Parse($"{{{body[1..]}}}")!.AsObject())
                answer[name] = value?.DeepClone();
        }) : body);
        var answer = await mcp.WithAsync("good");
        Assert.Equal((401, true), (answer.Status, answer.Challenge.Contains("error_description=\"The access token could not be verified. Try again later\"")));
        Assert.Contains($"OAuth: a token was refused because {_server.Url.Authority} could not say whether it is good: its answer is not what RFC 7662 says: ",
            _host.Log.Text);
        _server.Always(Good);
        Assert.Equal(200, (await mcp.WithAsync("good")).Status);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(302)]
    [InlineData(500)]
    public async Task A_status_other_than_200_is_not_an_answer_and_a_redirect_is_not_followed(int status)
    {
        await using var mcp = await StartAsync();
        _server.Answer = (_, context) =>
        {
            context.Response.Headers.Location = "/elsewhere";
            return Task.FromResult((status, Good));
        };
        Assert.Equal(401, (await mcp.WithAsync("good")).Status);
        Assert.Contains($"it answered {status}", _host.Log.Text);
        Assert.All(_server.Requests, request => Assert.Equal("/introspect", request.Path));
        // What may be better a moment later is tried again, and nothing else.
        Assert.Equal(status == 500 ? 3 : 1, _server.Requests.Count);
    }

    [Fact]
    public async Task A_request_that_fails_once_is_repeated()
    {
        await using var mcp = await StartAsync();
        _server.Answer = (_, _) => Task.FromResult(_server.Requests.Count == 1 ? (503, "") : (200, Good));
        Assert.Equal(200, (await mcp.WithAsync("good")).Status);
        Assert.Equal(2, _server.Requests.Count);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_delays_no_request_for_long()
    {
        var never = new TaskCompletionSource();
        await using var mcp = await StartAsync(resource => resource with { AttemptTimeout = TimeSpan.FromMilliseconds(100) });
        _server.Answer = async (_, _) =>
        {
            await never.Task;
            return (200, Good);
        };
        Assert.Equal(401, (await mcp.WithAsync("good")).Status);
        Assert.Contains("it did not answer within 0.1 s", _host.Log.Text);
        never.SetResult();
    }

    [Fact]
    public async Task An_endless_answer_is_cut_off()
    {
        await using var mcp = await StartAsync();
        _server.Always(Active(answer => answer["padding"] = new string('x', 100_000)));
        Assert.Equal(401, (await mcp.WithAsync("good")).Status);
    }

    [Fact]
    public async Task When_the_server_is_down_cached_tokens_keep_working_and_new_ones_are_refused()
    {
        var clock = new ShiftedClock();
        await using var mcp = await StartAsync(time: clock);
        Assert.Equal(200, (await mcp.WithAsync("known")).Status);
        await _server.GoDownAsync();
        Assert.Equal((200, 401), ((await mcp.WithAsync("known")).Status, (await mcp.WithAsync("new")).Status));
        clock.Advance(TimeSpan.FromHours(9));
        Assert.Equal(401, (await mcp.WithAsync("known")).Status);
    }
}
