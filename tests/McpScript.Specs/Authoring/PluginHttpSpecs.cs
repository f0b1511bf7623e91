using McpScript.Specs.RealPlugins;
using McpScript.Testing;
using ModelContextProtocol.Protocol;

namespace McpScript.Specs.Authoring;

/// <summary><c>HttpClient</c> and <c>IHttpClientFactory</c> in plugins, as .NET developers write them.</summary>
[Trait("Fault", "A3")]
[Trait("Fault", "A4")]
public class PluginHttpSpecs
{
    static string Script(string url) => $$"""
        class Stamp(ILogger<Stamp> log) : DelegatingHandler
        {
            protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
            {
                request.Headers.Add("X-Stamp", "stamped");
                return base.SendAsync(request, ct);
            }
            protected override void Dispose(bool disposing) { log.LogInformation("stamp disposed"); base.Dispose(disposing); }
        }
        class Wx(HttpClient http) { public Task<string> Get() => http.GetStringAsync("/wx"); }

        mcp.Services.AddTransient<Stamp>();
        mcp.Services.ConfigureHttpClientDefaults(all => all.ConfigureHttpClient(c => c.DefaultRequestHeaders.Add("X-Default", "yes")));
        mcp.Services.AddHttpClient("gh", c =>
        {
            c.BaseAddress = new Uri("{{url}}");
            c.DefaultRequestHeaders.UserAgent.ParseAdd("gh-tool/1.0");
        }).AddHttpMessageHandler<Stamp>();
        mcp.Services.AddHttpClient<Wx>(c => c.BaseAddress = new Uri("{{url}}")).SetHandlerLifetime(TimeSpan.FromSeconds(5));

        mcp.Tool("named", "Named client.", async (IHttpClientFactory f) => await f.CreateClient("gh").GetStringAsync("/repos"));
        mcp.Tool("typed", "Typed client.", async (Wx w) => await w.Get());
        mcp.Tool("plain", "A client as parameter.", async (HttpClient client, string path) => await client.GetStringAsync("{{url}}" + path));
        mcp.Prompt("ask", "Asks.", async (HttpClient client) => await client.GetStringAsync("{{url}}/wx"));
        mcp.Resource("wx://now", async (HttpClient client) => await client.GetStringAsync("{{url}}/wx"));
        [McpServerToolType] class Marked(HttpClient client, Wx wx)
        {
            [McpServerTool(Name = "made"), Description("In a constructor.")]
            public async Task<string> Made() => await client.GetStringAsync("{{url}}/repos") + await wx.Get();
        }
        """;

    [Fact]
    public async Task Named_typed_and_plain_clients_belong_to_the_plugin_and_end_with_it()
    {
        await using var api = await StubApi.StartAsync(("/repos", "[1]"), ("/wx", "sunny"));
        await using var host = await TestHost.StartAsync(("http.csx", Script(api.Url)));
        Assert.True(host.Registry.Plugins.Length == 1, host.Log.Text);

        Assert.Equal("[1]", await host.CallAsync("named"));
        var named = api.Requests.Last().Headers;
        Assert.Equal(("gh-tool/1.0", "stamped", "yes"), (named["User-Agent"], named["X-Stamp"], named["X-Default"]));
        Assert.Equal("sunny", await host.CallAsync("typed"));
        Assert.Equal("yes", api.Requests.Last().Headers["X-Default"]);
        Assert.Equal("sunny", await host.CallAsync("plain", new { path = "/wx" }));
        Assert.Equal("[1]sunny", await host.CallAsync("made"));
        var client = await host.Client;
        Assert.Equal("sunny", Assert.IsType<TextContentBlock>((await client.GetPromptAsync("ask")).Messages.Single().Content).Text);
        Assert.Equal("sunny", Assert.IsType<TextResourceContents>((await client.ReadResourceAsync("wx://now")).Contents.Single()).Text);

        var plain = (await client.ListToolsAsync()).Single(tool => tool.Name == "plain").JsonSchema;
        Assert.Equal(["path"], plain.GetProperty("properties").EnumerateObject().Select(property => property.Name));
        Assert.Empty((await client.ListPromptsAsync()).Single().ProtocolPrompt.Arguments ?? []);

        // Clients were made and used: nothing of them, no timer of the factory either, may hold the generations.
        await host.SaveAsync("http.csx", Script(api.Url) + "// edited");
        Assert.Equal("[1]", await host.CallAsync("named"));
        await TestHost.UntilAsync(() => host.Registry.LiveGenerations == 1, "the first generation is gone");
        await host.Registry.UnloadAsync("http");
        await TestHost.UntilAsync(() => host.Registry.LiveGenerations == 0, "the second one is gone too");
        Assert.Contains(host.Log.Lines, line => line.EndsWith("stamp disposed"));
    }

    [Fact]
    public async Task Two_plugins_do_not_see_each_others_clients()
    {
        await using var api = await StubApi.StartAsync(("/x", "x"));
        string Named(string agent) => $$"""
            mcp.Services.AddHttpClient("api", c => { c.BaseAddress = new Uri("{{api.Url}}"); c.DefaultRequestHeaders.UserAgent.ParseAdd("{{agent}}/1"); });
            mcp.Tool("get_{{agent}}", "Gets.", async (IHttpClientFactory f) => await f.CreateClient("api").GetStringAsync("/x"));
            """;
        await using var host = await TestHost.StartAsync(("one.csx", Named("one")), ("two.csx", Named("two")));
        await host.CallAsync("get_one");
        await host.CallAsync("get_two");
        Assert.Equal(["one/1", "two/1"], api.Requests.Select(request => request.Headers["User-Agent"]));
    }
}
