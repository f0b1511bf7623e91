using System.Text.Json;
using System.Text.Json.Nodes;
using McpScript.Testing;

namespace McpScript.Specs;

public class TypeScriptClientSpecs
{
    [Theory]
    [InlineData(Era.Sessions)]
    [InlineData(Era.Stateless)]
    public async Task The_typescript_client_uses_the_demo_plugins_and_hears_of_an_edit_over_stdio(string era)
    {
        await SkipWithoutNodeAsync();
        using var site = SiteWithDemos();
        await CheckAsync(site, era, new { command = BuiltProgram.Path, args = new[] { "serve", "--watch" }, cwd = site.Path, env = site.Environment });
    }

    [Theory]
    [InlineData(Era.Sessions)]
    [InlineData(Era.Stateless)]
    public async Task The_typescript_client_uses_the_demo_plugins_and_hears_of_an_edit_over_http(string era)
    {
        await SkipWithoutNodeAsync();
        using var site = SiteWithDemos();
        await using var proxy = await ProxyProcess.StartReadyAsync(site, "serve", "--watch", "--http", "0");
        await CheckAsync(site, era, new { url = (await proxy.ReadyAsync()).Mcp });
    }

    static async Task CheckAsync(ProxySite site, string era, object server)
    {
        var edit = new { beside = site["say.tmp"], file = site["plugins/say.csx"], text = Say.Script("two") };
        var seen = JsonNode.Parse(await NodePackages.Client.RunAsync("session.mjs", JsonSerializer.Serialize(new { revision = era, server, edit })));
        var expected = new JsonObject
        {
            ["revision"] = era,
            ["tools"] = "demo_time echo echo_upper greet say",
            ["echo"] = "echo: hi",
            ["echoUpper"] = "ECHO: HI",
            ["greet"] = "Hello, Ada!",
            ["resource"] = "ok",
            ["prompt"] = "Please summarize the following text concisely:\n\nA story.",
            ["before"] = new JsonObject { ["description"] = "Says one.", ["answer"] = "one" },
            ["after"] = new JsonObject { ["description"] = "Says two.", ["answer"] = "two" },
        };
        Assert.Equal(expected.ToJsonString(), seen!.ToJsonString());
    }

    static ProxySite SiteWithDemos()
    {
        var site = new ProxySite(("say.csx", Say.Script("one")));
        foreach (var demo in Directory.GetFiles(BuiltProgram.DemoPlugins, "*.csx"))
            File.Copy(demo, site[$"plugins/{Path.GetFileName(demo)}"]);
        return site;
    }

    static async Task SkipWithoutNodeAsync()
    {
        if (await NodePackages.Client.MissingAsync() is { } reason)
            Assert.Skip(reason);
    }
}
