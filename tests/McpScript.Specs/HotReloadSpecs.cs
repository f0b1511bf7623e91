using McpScript.Testing;

namespace McpScript.Specs;

public class HotReloadSpecs
{
    [Fact]
    public async Task A_saved_script_is_live_immediately()
    {
        await using var host = await TestHost.StartAsync(("hello.csx", """mcp.Tool("hello", "Says hello.", () => "one");"""));
        Assert.Equal("one", await host.CallAsync("hello"));

        await host.SaveAsync("hello.csx", """mcp.Tool("hello", "Says hello.", () => "two");""");
        Assert.Equal("two", await host.CallAsync("hello"));
    }

    [Fact]
    public async Task A_running_call_finishes_on_the_code_it_started_with()
    {
        var door = new Turnstile();
        await using var host = await TestHost.StartAsync(door,
            ("slow.csx", """mcp.Tool("slow", "", async (Turnstile door) => { await door.PassAsync(); return "old"; });"""));

        var call = host.CallAsync("slow");
        await door.CallerWaiting;
        await host.SaveAsync("slow.csx", """mcp.Tool("slow", "", () => "new");""");
        Assert.Equal("new", await host.CallAsync("slow"));

        door.Open();
        Assert.Equal("old", await call);
    }

    [Fact]
    public async Task An_old_generation_is_unloaded_after_its_last_call()
    {
        await using var host = await TestHost.StartAsync(("hello.csx", """
            record Answer(string Text, int Number);
            enum Colour { Red, Green }
            mcp.Tool("hello", "Says hello.", (Colour colour) => new Answer(colour.ToString(), 1));
            """));
        await host.CallAsync("hello", new { colour = "Red" });
        for (var i = 2; i < 8; i++)
        {
            await host.SaveAsync("hello.csx", $$"""
                record Answer(string Text, int Number);
                enum Colour { Red, Green }
                mcp.Tool("hello", "Says hello.", (Colour colour) => new Answer(colour.ToString(), {{i}}));
                """);
            Assert.Contains($"{i}", await host.CallAsync("hello", new { colour = "Green" }));
        }
        await TestHost.UntilAsync(() => host.Registry.LiveGenerations == 1, "only the served generation is alive");
    }
}
