using McpScript.Testing;
using ModelContextProtocol.Protocol;

namespace McpScript.Specs.RealPlugins;

/// <summary>Plugins as people write them: loaded, called, edited, reloaded, unloaded, and gone.</summary>
public class RealPluginSpecs
{
    [Fact]
    [Trait("Fault", "A3")]
    [Trait("Fault", "A1")]
    public async Task A_weather_plugin_with_a_typed_client_and_records()
    {
        await using var api = await StubApi.StartAsync(("/v1/graz", """{"city":"Graz","current":{"temperature":21.5,"wind":null},"days":["sunny","rain"]}"""));
        string Plugin(string version) => $$"""
            record Current(double Temperature, double? Wind);
            record Weather(string City, Current Current, List<string> Days);
            class WeatherApi(HttpClient http, ILogger<WeatherApi> log)
            {
                public async Task<Weather?> FindAsync(string city, CancellationToken ct)
                {
                    log.LogInformation("asking for {City}", city);
                    using var response = await http.GetAsync($"/v1/{Uri.EscapeDataString(city.ToLowerInvariant())}", ct);
                    if (response.StatusCode == System.Net.HttpStatusCode.NotFound)
                        return null;
                    return JsonSerializer.Deserialize<Weather>(await response.Content.ReadAsStringAsync(ct), JsonSerializerOptions.Web);
                }
            }
            mcp.Services.AddHttpClient<WeatherApi>(c =>
            {
                c.BaseAddress = new Uri("{{api.Url}}");
                c.DefaultRequestHeaders.UserAgent.ParseAdd("weather/{{version}}");
            });
            async Task<Weather?> Find(WeatherApi api, [Description("The city.")] string city, CancellationToken ct) => await api.FindAsync(city, ct);
            mcp.Tool("weather", "The weather of a city, null if it is not known.", Find);
            mcp.Tool("warmest", "The warmest of several cities.", async (WeatherApi api, string[] cities, CancellationToken ct) =>
            {
                var found = new List<Weather>();
                foreach (var city in cities)
                    found.Add(await api.FindAsync(city, ct) ?? throw new McpException($"There is no city '{city}'."));
                return found.MaxBy(weather => weather.Current.Temperature)!.City;
            });
            """;
        await using var host = await TestHost.StartAsync(("weather.csx", Plugin("1")));
        Assert.True(host.Registry.Plugins.Length == 1, host.Log.Text);
        Assert.Equal("""{"result":{"city":"Graz","current":{"temperature":21.5,"wind":null},"days":["sunny","rain"]}}""",
            (await host.CallForResultAsync("weather", new { city = "Graz" })).StructuredContent?.GetRawText());
        Assert.Equal("""{"result":null}""", (await host.CallForResultAsync("weather", new { city = "Atlantis" })).StructuredContent?.GetRawText());
        Assert.Contains("There is no city 'Atlantis'.", await host.CallAsync("warmest", new { cities = new[] { "Graz", "Atlantis" } }));
        await host.SaveAsync("weather.csx", Plugin("2"));
        Assert.Equal("Graz", await host.CallAsync("warmest", new { cities = new[] { "Graz" } }));
        Assert.Equal("weather/2", api.Requests.Last().Headers["User-Agent"]);
        await WaitForEndAsync(host, "weather");
    }

    [Fact]
    [Trait("Fault", "A3")]
    [Trait("Fault", "A13")]
    public async Task A_weather_plugin_with_source_generated_JSON_beside_its_script()
    {
        await using var api = await StubApi.StartAsync(("/graz", """{"city":"Graz","temperature":21.5}"""));
        const string Types = """
            using System.Net.Http.Json;
            using System.Text.Json.Serialization;

            namespace Weather;

            public record Report(string City, double Temperature);

            [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
            [JsonSerializable(typeof(Report))]
            partial class ReportJson : JsonSerializerContext;

            partial class WeatherApi(HttpClient http, ILogger<WeatherApi> log)
            {
                public async Task<Report?> FindAsync(string city, CancellationToken ct)
                {
                    Asking(log, city);
                    return await http.GetFromJsonAsync(city.ToLowerInvariant(), ReportJson.Default.Report, ct);
                }

                [LoggerMessage(Level = LogLevel.Information, Message = "Asking for {City}.")]
                static partial void Asking(ILogger logger, string city);
            }
            """;
        var main = $$"""
            using Weather;
            mcp.Services.AddHttpClient<WeatherApi>(client => client.BaseAddress = new Uri("{{api.Url}}/"));
            mcp.Tool("weather", "The weather of a city.",
                Task<Report?> (WeatherApi api, [Description("The city.")] string city, CancellationToken ct) => api.FindAsync(city, ct));
            """;
        await using var host = await TestHost.StartAsync(("weather/main.csx", main), ("weather/Weather.cs", Types));
        Assert.True(host.Registry.Plugins.Length == 1, host.Log.Text);
        Assert.Equal("""{"result":{"city":"Graz","temperature":21.5}}""",
            (await host.CallForResultAsync("weather", new { city = "Graz" })).StructuredContent?.GetRawText());
        Assert.Contains("Asking for Graz.", host.Log.Text, StringComparison.Ordinal);
        await host.SaveAsync("weather", "weather/Weather.cs", Types.Replace("Asking for {City}.", "Looking {City} up.", StringComparison.Ordinal));
        await host.CallAsync("weather", new { city = "Graz" });
        Assert.Contains("Looking Graz up.", host.Log.Text, StringComparison.Ordinal);
        await WaitForEndAsync(host, "weather");
    }

    [Fact]
    [Trait("Fault", "A3")]
    [Trait("Fault", "A12")]
    public async Task A_triage_plugin_with_a_named_client_a_token_handler_and_pages()
    {
        await using var api = await StubApi.StartAsync(
            ("/repos/o/r/issues/1", """[{"number":1,"title":"It crashes","labels":[{"name":"bug"}],"assignee":null}]"""),
            ("/repos/o/r/issues/2", """[{"number":2,"title":"Please add","labels":[],"assignee":{"login":"ada"}}]"""),
            ("/repos/o/r/issues/3", "[]"));
        var plugin = $$"""
            record Label(string Name);
            record User(string Login);
            record Issue(int Number, string Title, Label[] Labels, User? Assignee);
            class TokenHandler(PluginConfig config) : DelegatingHandler
            {
                protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
                {
                    request.Headers.Authorization = new("Bearer", config.Get("token", "none"));
                    return base.SendAsync(request, ct);
                }
            }
            mcp.Services.AddTransient<TokenHandler>();
            mcp.Services.AddHttpClient("github", c => c.BaseAddress = new Uri("{{api.Url}}")).AddHttpMessageHandler<TokenHandler>();
            async IAsyncEnumerable<Issue> All(IHttpClientFactory clients, string repo)
            {
                var http = clients.CreateClient("github");
                for (var page = 1; ; page++)
                {
                    var issues = JsonSerializer.Deserialize<Issue[]>(await http.GetStringAsync($"/repos/{repo}/issues/{page}"), JsonSerializerOptions.Web)!;
                    if (issues.Length == 0)
                        yield break;
                    foreach (var issue in issues)
                        yield return issue;
                }
            }
            mcp.Tool("issues", "All issues of a repository.", All);
            mcp.Tool("unassigned", "Numbers of the issues without an assignee.", async (IHttpClientFactory clients, string repo) =>
            {
                var numbers = new List<int>();
                await foreach (var issue in All(clients, repo))
                    if (issue.Assignee is null)
                        numbers.Add(issue.Number);
                return numbers;
            });
            mcp.Prompt("triage", "Request a triage.", (string repo, int limit = 10) => $"Triage {limit} issues of {repo}.");
            """;
        await using var host = await TestHost.StartAsync(("triage.csx", plugin));
        Assert.True(host.Registry.Plugins.Length == 1, host.Log.Text);
        var all = (await host.CallForResultAsync("issues", new { repo = "o/r" })).StructuredContent!.Value;
        Assert.Equal("It crashes, Please add", string.Join(", ", all.EnumerateArray().Select(issue => issue.GetProperty("title").GetString())));
        Assert.Equal("Bearer none", api.Requests.Last().Headers["Authorization"]);
        Assert.Equal("[1]", await host.CallAsync("unassigned", new { repo = "o/r" }));
        var prompt = await (await host.Client).GetPromptAsync("triage", new Dictionary<string, object?> { ["repo"] = "o/r", ["limit"] = "3" });
        Assert.Equal("Triage 3 issues of o/r.", Assert.IsType<TextContentBlock>(prompt.Messages.Single().Content).Text);
        await host.SaveAsync("triage.csx", plugin + "// edited");
        Assert.Equal("[1]", await host.CallAsync("unassigned", new { repo = "o/r" }));
        await WaitForEndAsync(host, "triage");
    }

    [Fact]
    public async Task A_counter_in_the_background_with_a_resource_that_notifies_of_changes()
    {
        const string Plugin = """
            var ticks = System.Threading.Channels.Channel.CreateUnbounded<int>();
            var total = 0;
            mcp.OnLive(async retiring =>
            {
                await foreach (var tick in ticks.Reader.ReadAllAsync(retiring))
                {
                    total += tick;
                    mcp.ResourceUpdated("counter://total");
                }
            });
            mcp.Resource("counter://total", () => $"{total}");
            mcp.Tool("tick", "Count in the background.", (int by) => { ticks.Writer.TryWrite(by); });
            """;
        await using var host = await TestHost.StartAsync(("counter.csx", Plugin));
        var client = await host.ConnectAsync("2025-11-25");
        var updated = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var hearing = client.RegisterNotificationHandler(NotificationMethods.ResourceUpdatedNotification, (notification, _) =>
        {
            updated.TrySetResult(notification.Params!["uri"]!.ToString());
            return default;
        });
        await client.SubscribeToResourceAsync("counter://total");
        await host.CallAsync("tick", new { by = 5 });
        Assert.Equal("counter://total", await updated.Task.WaitAsync(TestHost.Patience));
        Assert.Equal("5", Assert.IsType<TextResourceContents>((await client.ReadResourceAsync("counter://total")).Contents.Single()).Text);
        await host.SaveAsync("counter.csx", Plugin.Replace("var total = 0", "var total = 100"));
        Assert.Equal("100", Assert.IsType<TextResourceContents>((await client.ReadResourceAsync("counter://total")).Contents.Single()).Text);
        await WaitForEndAsync(host, "counter");
    }

    [Fact]
    [Trait("Fault", "A5")]
    public async Task A_class_library_of_the_sdk_with_a_base_class()
    {
        static BuiltDll Library(string word) => Dll.Build("Notes", $$"""
            using Microsoft.Extensions.Logging;
            public abstract class Store<T>(ILogger log) where T : class
            {
                protected static readonly Dictionary<string, T> Items = [];
                [McpServerTool(Name = "count", ReadOnly = true), Description("Count them.")] public int Count()
                {
                    log.LogInformation("{{word}}");
                    return Items.Count;
                }
                [McpServerTool(Name = "find", UseStructuredContent = true), Description("Find one.")]
                public T? Find(string name) => Items.GetValueOrDefault(name);
            }
            public record Note(string Name, string Text);
            [McpServerToolType] public class NoteTools(ILogger<NoteTools> log) : Store<Note>(log), IDisposable
            {
                [McpServerTool(Name = "add"), Description("Add one.")] public string Add(string name, string text)
                {
                    Items[name] = new(name, text);
                    return "{{word}}";
                }
                public void Dispose() { }
            }
            """);
        await using var host = await TestHost.StartAsync(new TestSetup { Prepare = folder => Library("added").WriteTo(folder["Notes"]) });
        Assert.Equal("added", await host.CallAsync("add", new { name = "a", text = "b" }));
        Assert.Equal("1", await host.CallAsync("count"));
        Assert.Contains("\"text\":\"b\"", (await host.CallForResultAsync("find", new { name = "a" })).StructuredContent!.Value.GetRawText());
        await host.ChangeAsync("Notes", () => Library("put").WriteTo(host.Folder["Notes"]), result => result.Ok);
        Assert.Equal("put", await host.CallAsync("add", new { name = "a", text = "b" }));
        await WaitForEndAsync(host, "Notes");
    }

    static async Task WaitForEndAsync(TestHost host, string plugin)
    {
        await TestHost.UntilAsync(() => host.Registry.LiveGenerations == 1, "the first generation is gone");
        await host.Registry.UnloadAsync(plugin);
        await TestHost.UntilAsync(() => host.Registry.LiveGenerations == 0, "all of it is gone");
    }
}
