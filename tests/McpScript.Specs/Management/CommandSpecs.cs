using System.Text.Json;
using McpScript.Model;
using McpScript.Testing;

namespace McpScript.Specs.Management;

/// <summary>Management commands that plugins offer to operators.</summary>
public class CommandSpecs
{
    const string Commands = """
        record Sum(int Value, string[] Of);
        mcp.Command("sync", "Answers at once.", p => "at once");
        mcp.Command("async", "Answers later.", async p => { await Task.Yield(); return "later"; });
        mcp.Command("sum", "Adds.", (p, args) => new Sum(args.Values.Sum(value => value.GetInt32()), [.. args.Keys]));
        mcp.Command("listens", "Takes its time.", async (p, args, ct) => { await Task.Yield(); return ct.CanBeCanceled; });
        mcp.Command("nothing", "Has nothing to say.", p => (string?)null);
        mcp.Command("sees", "Describes the proxy.",
            p => $"{string.Join(",", p.Plugins.Select(x => $"{x.Name}#{x.Generation}:{string.Join("+", x.Tools)}:{x.Prompts.Count}:{x.Resources.Count}"))} "
            + $"{string.Join(",", p.Tools)} {p.LiveGenerations} {p.StartedAt <= p.Plugins[0].LoadedAt}");
        mcp.Command("fails", "Fails.", p => { if (p.Plugins.Count > 0) throw new InvalidOperationException("no luck"); return 0; });
        mcp.Command("gives-up", "Is cancelled by itself.", async (p, args, ct) =>
        {
            await Task.Yield();
            throw new TaskCanceledException("took too long");
            return 0;
        });
        """;

    [Theory]
    [InlineData("sync", "at once")]
    [InlineData("async", "later")]
    [InlineData("sum", """{"value":3,"of":["a","b"]}""")]
    [InlineData("listens", "true")]
    [InlineData("nothing", "")]
    [InlineData("sees", "ops#1::0:0,work#1:work:1:1 work 2 True")]
    [InlineData("fails", "Error: Command 'fails' failed: no luck")]
    [InlineData("gives-up", "Error: Command 'gives-up' failed: took too long")]
    [InlineData("nope", "Error: Unknown command: nope")]
    public async Task L12_A_command_of_a_plugin_is_run_by_name(string name, string answer)
    {
        await using var host = await TestHost.StartAsync(("ops.csx", Commands),
            ("work.csx", """mcp.Tool("work", "", () => 1); mcp.Prompt("ask", "", () => ""); mcp.Resource("a://b", () => "");"""));
        var result = await host.CallForResultAsync("proxy__command", new { name, arguments = new { a = 1, b = 2 } });
        Assert.Equal((answer, answer.StartsWith("Error")),
            (await host.CallAsync("proxy__command", new { name, arguments = new { a = 1, b = 2 } }), result.IsError ?? false));
    }

    [Fact]
    public async Task Commands_come_change_and_go_with_their_plugin()
    {
        await using var host = await TestHost.StartAsync(("ops.csx", """mcp.Command("word", "Says a word.", p => "one");"""));
        string[] Listed() => [.. host.Server.Operations.Commands.Select(command => $"{command.Name}: {command.Description} ({command.Plugin})")];
        Assert.Equal(["word: Says a word. (ops)"], Listed());
        Assert.Equal("one", await RunAsync(host, "word"));

        var result = await host.SaveAsync("ops.csx", """mcp.Command("word", "Says a word.", p => "two"); mcp.Command("more", "Says more.", p => "more");""");
        Assert.Equal(["more"], result.Added.AsEnumerable());
        Assert.Equal(("two", "more"), (await RunAsync(host, "word"), await RunAsync(host, "more")));

        await host.Registry.UnloadAsync("ops");
        Assert.Empty(Listed());
        Assert.Equal("Unknown command: word", await RunAsync(host, "word"));
    }

    [Fact]
    public async Task Two_owners_of_one_command_collide_like_tools()
    {
        await using var host = await TestHost.StartAsync(("first.csx", """mcp.Command("word", "", p => "first");"""));
        var result = await host.SaveAsync("second.csx", """mcp.Command("word", "", p => "second");""");
        Assert.Equal((false, PluginStage.Publish), (result.Ok, result.Stage));
        Assert.Equal(
            "Collision loading 'second': The command 'word' is already offered by plugin 'first'. Rename one of them, or unload 'first'.", result.Error);
        Assert.Equal("first", await RunAsync(host, "word"));

        await host.Registry.UnloadAsync("first");
        await TestHost.UntilAsync(() => host.Server.Operations.Commands is [{ Plugin: "second" }], "the one that waited for the name has it");
        Assert.Equal("second", await RunAsync(host, "word"));
    }

    [Fact]
    public async Task Two_commands_of_one_name_in_one_plugin_are_a_problem()
    {
        await using var host = await TestHost.StartAsync(
            new TestSetup { Autoload = [] }, ("twice.csx", """mcp.Command("word", "", p => "first"); mcp.Command("word", "", p => "second");"""));
        var result = await host.Registry.LoadAsync("twice");
        Assert.False(result.Ok);
        Assert.Contains("'word'", result.Error);
    }

    [Fact]
    public async Task A_command_that_runs_when_its_plugin_is_unloaded_finishes()
    {
        var door = new Turnstile();
        await using var host = await TestHost.StartAsync(door, ("ops.csx", """
            mcp.Command("waits", "Waits.", async (p, args, ct) => { await Door.PassAsync(ct); return "done"; });
            mcp.Tool("door", "Lends the door.", (Turnstile door) => { Door.Is = door; return ""; });
            static class Door { public static Turnstile Is = null!; public static Task PassAsync(CancellationToken ct) => Is.PassAsync(ct); }
            """));
        await host.CallAsync("door");
        var running = RunAsync(host, "waits");
        await door.CallerWaiting;

        Assert.True((await host.Registry.UnloadAsync("ops")).Ok);
        Assert.Equal("Unknown command: waits", await RunAsync(host, "waits"));
        door.Open();
        Assert.Equal("done", await running);
        await TestHost.UntilAsync(() => host.Registry.LiveGenerations == 0, "nothing is left of it");
    }

    static async Task<string> RunAsync(TestHost host, string name) =>
        (await host.Server.Operations.RunCommandAsync(name, new Dictionary<string, JsonElement>(), CancellationToken.None)).Result;
}
