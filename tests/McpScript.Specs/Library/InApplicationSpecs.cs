using McpScript.Configuration;
using McpScript.Testing;
using McpScript.Testing.OAuth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Client;

namespace McpScript.Specs.Library;

/// <summary>A server inside an application that is there already: the application's port, logging, services and end.</summary>
public sealed class InApplicationSpecs : IAsyncDisposable
{
    readonly TestFolder _folder = new();
    readonly TestLog _log = new();
    readonly List<McpClient> _clients = [];

    McpScriptConfig Config => new() { PluginDirs = [_folder.Path], ToolLogDir = _folder.Logs };

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            await client.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task An_ASPNET_application_serves_MCP_on_its_own_port_beside_its_own_pages()
    {
        _folder.Write("echo.csx", """mcp.Tool("echo", "Echoes.", (string text) => text);""");
        await using var app = Application(config: Config);
        app.MapGet("/", () => "a page");
        app.MapMcpScript("/tools");
        app.MapMcpScriptHealth();
        await app.StartAsync();

        var client = await ConnectAsync(app, "/tools");
        Assert.Equal(["count", "echo"], await client.ListPluginToolsAsync());
        Assert.Equal("one more", (await client.CallToolAsync("count")).Content.OfType<ModelContextProtocol.Protocol.TextContentBlock>().Single().Text);

        using var http = new HttpClient { BaseAddress = new(app.Urls.Single()) };
        Assert.Equal("a page", await http.GetStringAsync("/"));
        Assert.Equal("""{"ready":true}""", await http.GetStringAsync("/health/ready"));
        // Pages of the application are not counted as requests for MCP.
        Assert.Matches("\"sessions\":[01],\"requests\":[1-9]", await http.GetStringAsync("/health/detailed"));
        Assert.Contains("Tool call log: ", _log.Text);
    }

    [Fact]
    public async Task The_own_tools_get_the_applications_services_in_a_scope_for_each_call()
    {
        await using var app = Application(config: Config);
        app.MapMcpScript();
        await app.StartAsync();
        var client = await ConnectAsync(app, "/mcp");
        await client.CallToolAsync("count");
        await client.CallToolAsync("count");
        Assert.Equal((2, 2), (app.Services.GetRequiredService<Tally>().Made, app.Services.GetRequiredService<Tally>().Ended));
    }

    [Fact]
    public async Task Plugins_are_loaded_before_the_port_opens_and_unloaded_with_the_application()
    {
        _folder.Write("ends.csx", """
            mcp.Tool("ends", "Is there.", () => 1);
            mcp.OnUnload(() => System.IO.File.WriteAllText("ENDED", ""));
            """.Replace("ENDED", _folder["../ended"]));
        await using var app = Application(config: Config);
        app.MapMcpScript();
        await app.StartAsync();
        Assert.Equal(["ends"], app.Services.GetRequiredService<McpScriptServer>().Registry.AllTools);
        Assert.False(File.Exists(_folder["../ended"]));
        await app.StopAsync();
        Assert.True(File.Exists(_folder["../ended"]));
    }

    [Fact]
    public async Task Routes_without_a_server_report_what_is_missing()
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();
        Assert.Contains("builder.Services.AddMcpScript", Assert.Throws<InvalidOperationException>(() => app.MapMcpScript()).Message);
    }

    [Fact]
    public async Task With_OAuth_only_requests_with_a_token_are_served_and_mapping_needs_the_token_validation()
    {
        await using var server = await Introspector.StartAsync();
        server.Answer = (token, _) =>
            Task.FromResult((200, $$"""{"active":{{(token == "good" ? "true" : "false")}},"scope":"user","aud":"https://app.example/mcp"}"""));
        var config = Config with { OAuth = new() { ServerUrl = server.Url, PublicUrl = new("https://app.example/mcp") } };
        await using (var careless = Application(config))
            Assert.Contains("builder.Services.AddMcpScriptOAuth(config)", Assert.Throws<InvalidOperationException>(() => careless.MapMcpScript()).Message);
        await using (var half = Application(Config with { OAuth = new() { ServerUrl = server.Url } }))
            Assert.Contains("'oauth_public_url' is not", Assert.Throws<ConfigurationException>(() => half.MapMcpScript()).Message);

        await using var app = Application(config, services: services => services.AddMcpScriptOAuth(config));
        app.MapGet("/", () => "a page");
        app.MapMcpScript();
        await app.StartAsync();
        var mcp = new Uri(app.Urls.Single() + "/mcp");
        Assert.Equal((401, 401, 200), ((await TokenMcp.SendAsync(mcp, null, HttpMethod.Post)).Status,
            (await TokenMcp.SendAsync(mcp, "Bearer bad", HttpMethod.Post)).Status, (await TokenMcp.SendAsync(mcp, "Bearer good", HttpMethod.Post)).Status));
        Assert.Equal((200, 200), ((await TokenMcp.SendAsync(new(mcp, "/"), null, HttpMethod.Get)).Status,
            (await TokenMcp.SendAsync(new(mcp, "/.well-known/oauth-protected-resource/mcp"), null, HttpMethod.Get)).Status));
    }

    [Fact]
    public async Task A_strict_server_prevents_the_start_of_the_application_without_its_plugins()
    {
        _folder.Write("bad.csx", "nonsense");
        await using var app = Application(config: Config with { Strict = true });
        app.MapMcpScript();
        var thrown = await Assert.ThrowsAsync<NotStartedException>(() => app.StartAsync());
        Assert.StartsWith("Plugin 'bad' failed to compile: ", thrown.Message);
    }

    [Fact]
    public async Task A_host_without_ASPNET_opens_the_port_of_the_server()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddSingleton<ILoggerProvider>(_log);
        builder.Services.AddMcpScript(Config with { Transport = Transport.Http, Port = 0 }, own => own.Tool("hello", "Greets.", () => "Hello!"));
        builder.Services.AddMcpScriptTransport();
        using var host = builder.Build();
        await host.StartAsync();
        var ready = _log.Text.Split('\n').Single(line => line.Contains("Server ready: 0 plugin(s), 1 tools; "));
        var url = System.Text.RegularExpressions.Regex.Match(ready, @"http://[^\s,]+/mcp").Value;
        var client = await ConnectAsync(new Uri(url));
        Assert.Equal(["hello"], (await client.ListToolsAsync()).Select(tool => tool.Name));
        Assert.DoesNotContain("management", ready);
        await host.StopAsync();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => new HttpClient().GetAsync(url));
    }

    WebApplication Application(McpScriptConfig config, McpScriptServerOptions? options = null, Action<IServiceCollection>? services = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(_log);
        builder.Services.AddSingleton<Tally>();
        builder.Services.AddScoped<Scoped>();
        builder.Services.AddMcpScript(config, own => own.Tool("count", "Counts.", (Scoped scoped) => scoped.ToString()), options);
        services?.Invoke(builder.Services);
        return builder.Build();
    }

    Task<McpClient> ConnectAsync(WebApplication app, string path) => ConnectAsync(new Uri(app.Urls.Single() + path));

    async Task<McpClient> ConnectAsync(Uri url)
    {
        var client = await McpClient.CreateAsync(new HttpClientTransport(new() { Endpoint = url, TransportMode = HttpTransportMode.StreamableHttp }))
            .WaitAsync(TestHost.Patience);
        _clients.Add(client);
        return client;
    }

    sealed class Tally
    {
        public int Made, Ended;
    }

    sealed class Scoped : IDisposable
    {
        readonly Tally _tally;

        public Scoped(Tally tally)
        {
            _tally = tally;
            Interlocked.Increment(ref tally.Made);
        }

        public void Dispose() => Interlocked.Increment(ref _tally.Ended);

        public override string ToString() => "one more";
    }
}
