using System.Text.Json.Nodes;
using McpScript.Testing.Processes;

namespace McpScript.Specs.Management;

/// <summary><c>GET /proxy/events</c> of a real program.</summary>
[Collection(nameof(ManagedProxy))]
public class EventSpecs(ManagedProxy managed) : IAsyncDisposable
{
    readonly ProxyProcess _proxy = managed.Process;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => new(managed.RestoreAsync());

    [Fact]
    public async Task Every_subscriber_gets_the_outcome_and_duration_of_each_change()
    {
        await using var one = await EventSubscriber.OpenAsync(_proxy);
        await using var two = await EventSubscriber.OpenAsync(_proxy);
        async Task<JsonObject> EventAfterAsync(string kind, string verb)
        {
            await _proxy.ChangeAsync(verb, "news");
            var (received, data) = await one.NextAsync();
            Assert.Equal((kind, "news"), (received, data["plugin"]!.GetValue<string>()));
            Assert.True(data["at"]!.GetValue<DateTimeOffset>() <= DateTimeOffset.Now);
            Assert.All(["elapsed_ms", "compile_ms", "register_ms"], time => Assert.True(data[time]!.GetValue<double>() >= 0));
            Assert.Equal(data.ToJsonString(), (await two.NextAsync()).Data.ToJsonString());
            return data;
        }

        managed.Site.Save("news.csx", """mcp.Tool("stays", "Stays.", () => 1); mcp.Tool("goes", "Goes.", () => 1);""");
        var loaded = await EventAfterAsync("load", "load");
        Assert.Equal(("stays goes", "", ""), Changes(loaded));
        Assert.True(loaded["compile_ms"]!.GetValue<double>() > 0);

        managed.Site.Save("news.csx", """mcp.Tool("stays", "Stays, described anew.", () => 1); mcp.Prompt("comes", "Comes.", () => "");""");
        Assert.Equal(("comes", "goes", "stays"), Changes(await EventAfterAsync("reload", "reload")));

        managed.Site.Save("news.csx", """mcp.Tool("stays", "Stays.", () => nothing);""");
        var failed = await EventAfterAsync("failure", "reload");
        Assert.Equal(("", "", "", "compile"), (Changes(failed).Added, Changes(failed).Removed, Changes(failed).Changed, failed["stage"]!.GetValue<string>()));
        Assert.StartsWith("Plugin 'news' failed to compile: ", (string)failed["error"]!);
        Assert.Contains("news.csx(1,35): error CS0103: ", (string)Assert.Single(failed["problems"]!.AsArray())!);

        Assert.Equal(("", "stays comes", ""), Changes(await EventAfterAsync("unload", "unload")));
        Assert.Equal("Plugin 'news' not loaded", (string?)(await EventAfterAsync("failure", "unload"))["error"]);
    }

    [Fact]
    public async Task A_subscriber_that_disconnects_is_removed_and_the_others_still_get_events()
    {
        await using var stays = await EventSubscriber.OpenAsync(_proxy);
        for (var i = 0; i < 3; i++)
            await (await EventSubscriber.OpenAsync(_proxy)).DisposeAsync();
        await _proxy.ChangeAsync("load", "greet");
        await _proxy.ChangeAsync("unload", "greet");
        Assert.Equal(("load", "unload"), ((await stays.NextAsync()).Kind, (await stays.NextAsync()).Kind));
    }

    static (string Added, string Removed, string Changed) Changes(JsonObject data) => (Names(data, "added"), Names(data, "removed"), Names(data, "changed"));

    static string Names(JsonObject data, string list) => string.Join(' ', data[list]!.AsArray().Select(name => name!.GetValue<string>()));
}
