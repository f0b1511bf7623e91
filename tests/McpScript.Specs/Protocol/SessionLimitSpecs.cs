using McpScript.Specs.Processes;
using McpScript.Testing;
using McpScript.Testing.Processes;
using McpScript.Testing.Protocol;

namespace McpScript.Specs.Protocol;

/// <summary>Sessions that are no longer used (item R2 of the original's gaps: its sessions never expire).</summary>
public class SessionLimitSpecs
{
    [Fact]
    public async Task R2_Abandoned_sessions_are_gone_after_the_idle_timeout_and_a_session_in_use_is_not()
    {
        await using var host = await TestHost.StartAsync(("hello.csx", """mcp.Tool("hello", "", () => "hi");"""));
        await using var http = await HttpTestHost.StartAsync(host, options => options with
        {
            // Long enough for a client on a busy machine to get from one request to its next.
            Sessions = new() { IdleTimeout = TimeSpan.FromSeconds(4), SweepInterval = TimeSpan.FromMilliseconds(50) },
        });
        // It has a GET stream open, which is use.
        var client = await http.ConnectAsync(Era.Sessions);
        using var abandoning = new HttpClient();
        for (var i = 0; i < 100; i++)
            await AbandonAsync(abandoning, http.Url);

        await TestHost.UntilAsync(() => http.Sessions.Count == 1, "only the session in use is left");
        Assert.Equal("hi", await client.SayAsync("hello"));
    }

    static async Task AbandonAsync(HttpClient client, Uri url)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(Wire.Initialize, null, "application/json") };
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var response = await client.SendAsync(request);
        Assert.NotEmpty(response.Headers.GetValues("Mcp-Session-Id"));
    }
}
