using System.Text.Json;
using System.Text.Json.Nodes;
using McpScript.Testing.Processes;
using McpScript.Testing.Suites;

namespace McpScript.Specs.Processes;

public class TypeScriptClientSpecs
{
    [SuiteTheory(SlowSuites.Peers)]
    [InlineData(Era.Sessions)]
    [InlineData(Era.Stateless)]
    public async Task The_TypeScript_client_uses_the_demo_plugins_and_is_notified_of_an_edit_over_stdio(string era)
    {
        await SkipWithoutNodeAsync();
        using var site = SiteWithDemos();
        await CheckAsync(site, era, new { command = BuiltProgram.Path, args = new[] { "serve", "--watch" }, cwd = site.Path, env = site.Environment });
    }

    [SuiteTheory(SlowSuites.Peers)]
    [InlineData(Era.Sessions)]
    [InlineData(Era.Stateless)]
    public async Task The_TypeScript_client_uses_the_demo_plugins_and_is_notified_of_an_edit_over_HTTP(string era)
    {
        await SkipWithoutNodeAsync();
        using var site = SiteWithDemos();
        await using var proxy = await ProxyProcess.StartReadyAsync(site, "serve", "--watch", "--http", "0");
        await CheckAsync(site, era, new { url = (await proxy.ReadyAsync()).Mcp });
    }

    [SuiteTheory(SlowSuites.Peers)]
    [InlineData(Era.Sessions)]
    [InlineData(Era.Stateless)]
    public async Task The_typescript_client_follows_cancels_answers_and_subscribes_over_stdio(string era)
    {
        await SkipWithoutNodeAsync();
        using var site = SiteWithFeatures();
        await CheckFeaturesAsync(era, new { command = BuiltProgram.Path, args = new[] { "serve" }, cwd = site.Path, env = site.Environment });
    }

    [SuiteTheory(SlowSuites.Peers)]
    [InlineData(Era.Sessions)]
    [InlineData(Era.Stateless)]
    public async Task The_typescript_client_follows_cancels_answers_and_subscribes_over_http(string era)
    {
        await SkipWithoutNodeAsync();
        using var site = SiteWithFeatures();
        await using var proxy = await ProxyProcess.StartReadyAsync(site, "serve", "--http", "0");
        await CheckFeaturesAsync(era, new { url = (await proxy.ReadyAsync()).Mcp });
    }

    static async Task CheckFeaturesAsync(string era, object server)
    {
        var seen = JsonNode.Parse(await NodePackages.Client.RunAsync("features.mjs", JsonSerializer.Serialize(new { revision = era, server })));
        var expected = new JsonObject
        {
            ["revision"] = era,
            ["steps"] = new JsonArray("0/3 mixing", "1/3 baking", "2/3 cooling"),
            ["cake"] = "A cake.",
            ["counting"] = "given up",
            ["cancelled"] = 1,
            ["table"] = "A table for 4 at Chez Ada.",
            ["asked"] = new JsonArray("A table at Chez Ada: for how many?"),
            ["updated"] = "sensor://temperature",
            ["sameAsRead"] = true,
        };
        Assert.Equal(expected.ToJsonString(), seen!.ToJsonString());
    }

    // The demos of the features, and a cake that is done only when the client takes it out.
    static ProxySite SiteWithFeatures()
    {
        var site = new ProxySite(("kitchen.csx", """
            var takenOut = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            mcp.Tool("bake_slowly", "Bakes a cake.", async (IProgress<ProgressNotificationValue> progress, CancellationToken ct) =>
            {
                string[] steps = ["mixing", "baking", "cooling"];
                for (var done = 0; done < steps.Length; done++)
                    progress.Report(new() { Progress = done, Total = steps.Length, Message = steps[done] });
                await takenOut.Task.WaitAsync(ct);
                return "A cake.";
            });
            mcp.Tool("take_out", "Takes the cake out.", () => { takenOut.TrySetResult(); return "hot"; });
            """));
        foreach (var feature in new[] { "cancellation.csx", "elicitation.csx", "subscription.csx" })
            File.Copy(Path.Combine(BuiltProgram.DemoPlugins, "examples", "features", feature), site[$"plugins/{feature}"]);
        return site;
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
