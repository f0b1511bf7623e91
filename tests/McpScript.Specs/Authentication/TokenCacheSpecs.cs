using McpScript.Testing;
using McpScript.Testing.OAuth;

namespace McpScript.Specs.Authentication;

/// <summary>The cache of introspected tokens: lifetime, size, refusals and concurrent requests.</summary>
public class TokenCacheSpecs : IntrospectedSpecs
{
    [Fact]
    [Trait("Fault", "B-F22")]
    public async Task A_refused_token_is_introspected_once_in_ten_seconds_however_often_it_is_sent()
    {
        var time = new ManualClock();
        _server.Always("""{"active":false}""");
        await using var mcp = await TokenMcp.StartAsync(_host, _server.Url, time);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => mcp.WithAsync("bad")));
        Assert.All(answers, answer => Assert.Equal(401, answer.Status));
        Assert.Single(_server.Requests);

        time.Advance(TimeSpan.FromSeconds(9));
        await mcp.WithAsync("bad");
        Assert.Single(_server.Requests);
        time.Advance(TimeSpan.FromSeconds(2));
        await mcp.WithAsync("bad");
        Assert.Equal(2, _server.Requests.Count);
    }

    [Fact]
    [Trait("Fault", "B-F22")]
    public async Task Without_a_cache_a_refused_token_is_introspected_each_time()
    {
        _server.Always("""{"active":false}""");
        await using var mcp = await StartAsync(resource => resource with { CacheTtl = TimeSpan.Zero });
        await mcp.WithAsync("bad");
        await mcp.WithAsync("bad");
        Assert.Equal(2, _server.Requests.Count);
    }

    [Fact]
    public async Task S10_A_token_is_accepted_until_it_expires_and_no_longer()
    {
        var clock = new ShiftedClock();
        await using var mcp = await StartAsync(resource => resource with { CacheTtl = TimeSpan.FromMinutes(10) }, clock);
        _server.Always(Active(answer => answer["exp"] = clock.GetUtcNow().ToUnixTimeSeconds() + 900));
        Assert.Equal((200, 200, 1), ((await mcp.WithAsync("t")).Status, (await mcp.WithAsync("t")).Status, _server.Requests.Count));

        // The time of the cache is over: asked again. The token's own is over: refused, whatever the server still says.
        clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal((200, 2), ((await mcp.WithAsync("t")).Status, _server.Requests.Count));
        _server.Always(Active(answer => answer["exp"] = clock.GetUtcNow().ToUnixTimeSeconds() + 300.7));
        clock.Advance(TimeSpan.FromMinutes(5));
        var late = await mcp.WithAsync("t");
        Assert.Equal((401, true, 3), (late.Status, late.Challenge.Contains("The access token has expired"), _server.Requests.Count));

        _server.Always(Active(answer => answer["nbf"] = clock.GetUtcNow().ToUnixTimeSeconds() + 60));
        var early = await mcp.WithAsync("early");
        Assert.Equal((401, true), (early.Status, early.Challenge.Contains("The access token is not valid yet")));
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(200, (await mcp.WithAsync("early")).Status);
    }

    [Fact]
    public async Task S10_With_a_cache_of_0_every_request_is_introspected_and_a_refusal_is_never_cached()
    {
        await using var mcp = await StartAsync(resource => resource with { CacheTtl = TimeSpan.Zero });
        Assert.Equal((200, 200, 2), ((await mcp.WithAsync("t")).Status, (await mcp.WithAsync("t")).Status, _server.Requests.Count));
        _server.Always("""{"active":false}""");
        var revoked = await mcp.WithAsync("t");
        Assert.Equal((401, true), (revoked.Status, revoked.Challenge.Contains("The access token is unknown, expired or revoked")));
        _server.Always(Good);
        Assert.Equal(200, (await mcp.WithAsync("t")).Status);
    }

    [Fact]
    public async Task S10_The_cache_is_limited_and_the_oldest_entry_is_removed_first()
    {
        await using var mcp = await StartAsync(resource => resource with { MaxCachedTokens = 3 });
        foreach (var token in new[] { "a", "b", "c", "d", "b", "c", "d" })
            Assert.Equal(200, (await mcp.WithAsync(token)).Status);
        Assert.Equal("abcd", string.Concat(_server.Requests.Select(request => request.Form["token"])));
        Assert.Equal(200, (await mcp.WithAsync("a")).Status);
        Assert.Equal("abcda", string.Concat(_server.Requests.Select(request => request.Form["token"])));
    }

    [Fact]
    public async Task Concurrent_requests_share_one_introspection_and_a_cancelled_one_ends_none_of_the_others()
    {
        var door = new Turnstile();
        await using var mcp = await StartAsync();
        _server.Answer = async (_, _) =>
        {
            await door.PassAsync();
            return (200, Good);
        };
        using var impatient = new CancellationTokenSource();
        using var http = new HttpClient { DefaultRequestHeaders = { Authorization = new("Bearer", "t") } };
        var first = http.GetAsync(mcp.Url, impatient.Token);
        await door.CallerWaiting;
        var others = Enumerable.Range(0, 20).Select(_ => mcp.WithAsync("t")).ToList();
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        door.Open();
        Assert.All(await Task.WhenAll(others), answer => Assert.Equal(200, answer.Status));
        Assert.Single(_server.Requests);
    }
}
