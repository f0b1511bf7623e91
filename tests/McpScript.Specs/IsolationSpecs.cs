using McpScript.Hosting;
using McpScript.Model;
using McpScript.Testing;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;

namespace McpScript.Specs;

/// <summary>Promise 5: one plugin cannot take down or corrupt another, or the host.</summary>
public class IsolationSpecs
{
    [Fact]
    public async Task An_exception_becomes_an_error_of_the_call_and_is_logged_in_full()
    {
        await using var host = await TestHost.StartAsync(("bad.csx", """
            mcp.Tool("throws", "", () => { throw new InvalidOperationException("secret of the house"); });
            mcp.Tool("throws_later", "", async () => { await Task.Yield(); throw new InvalidOperationException("secret of the house"); });
            mcp.Tool("tells", "", () => { throw new McpException("there is no city of that name."); });
            mcp.Prompt("asks", "", () => { if (mcp is not null) throw new InvalidOperationException("secret of the house"); return ""; });
            mcp.Resource("bad://read", () => { if (mcp is not null) throw new InvalidOperationException("secret of the house"); return ""; });
            mcp.Tool("works", "", () => "fine");
            """));
        var client = await host.Client;

        foreach (var tool in new[] { "throws", "throws_later" })
        {
            var result = await host.CallForResultAsync(tool);
            Assert.True(result.IsError);
            Assert.Equal($"An error occurred invoking '{tool}'.", await host.CallAsync(tool));
        }
        Assert.Contains("there is no city of that name.", await host.CallAsync("tells"));
        Assert.DoesNotContain("secret", (await Assert.ThrowsAnyAsync<McpException>(() => client.GetPromptAsync("asks").AsTask())).Message);
        Assert.DoesNotContain("secret", (await Assert.ThrowsAnyAsync<McpException>(() => client.ReadResourceAsync("bad://read").AsTask())).Message);
        Assert.Contains("System.InvalidOperationException: secret of the house", host.Log.Text);
        Assert.Contains("bad.csx:line 2", host.Log.Text);
        Assert.Equal("fine", await host.CallAsync("works"));
    }

    [Fact]
    public async Task A_taken_name_of_any_kind_is_refused_with_both_owners()
    {
        await using var host = await TestHost.StartAsync(("first.csx", """
            mcp.Tool("a_tool", "", () => "first");
            mcp.Prompt("a_prompt", "", () => "first");
            mcp.Resource("a://resource", () => "first");
            mcp.ResourceTemplate("a://{id}/part", (string id) => "first");
            """));

        var second = await host.SaveAsync("second.csx", """
            mcp.Tool("a_tool", "", () => "second");
            mcp.Prompt("a_prompt", "", () => "second");
            mcp.Resource("a://resource", () => "second");
            mcp.ResourceTemplate("a://{id}/part", (string id) => "second");
            mcp.Tool("own", "", () => "second");
            """);

        Assert.Equal((false, PluginStage.Publish, 4), (second.Ok, second.Stage, second.Problems.Length));
        Assert.StartsWith("Collision loading 'second'", second.Error);
        foreach (var (kind, name) in new[] { ("tool", "a_tool"), ("prompt", "a_prompt"), ("resource", "a://resource"), ("resource template", "a://{id}/part") })
            Assert.Contains(second.Problems, problem => problem.Message.StartsWith($"The {kind} '{name}' is already offered by plugin 'first'.")
                && problem.File == host.Folder["second.csx"]);
        Assert.Equal("first", await host.CallAsync("a_tool"));
        Assert.Equal(["a_tool"], await host.ToolsAsync());
    }

    [Theory]
    [InlineData("proxy__anything")]
    [InlineData("PROXY__Load")]
    [InlineData("factory__x")]
    public async Task A_reserved_name_is_refused(string name)
    {
        await using var host = await TestHost.StartAsync(("a.csx", $"mcp.Tool(\"{name}\", \"\", () => 1);"));
        Assert.Equal("failed", host.StatusOf("a").State);
        Assert.Contains($"The tool name '{name}' is reserved for the host.", host.StatusOf("a").Problems.Single().Message);
        Assert.Empty(await host.ToolsAsync());
    }

    [Fact]
    public async Task The_same_name_twice_in_one_plugin_is_a_problem_of_that_plugin()
    {
        await using var host = await TestHost.StartAsync(("a.csx", """
            mcp.Tool("twice", "", () => 1);
            mcp.Tool("twice", "", () => 2);
            mcp.Prompt("both", "", () => "1");
            [McpServerPrompt(Name = "both")] string Both() => "2";
            """));
        Assert.Equal(
            ["The tool 'twice' is registered 2 times in this plugin. Names are unique: rename or remove one.",
                "The prompt 'both' is registered 2 times in this plugin. Names are unique: rename or remove one."],
            host.StatusOf("a").Problems.Select(problem => problem.Message));
    }

    [Fact]
    public async Task Console_output_of_a_plugin_becomes_lines_of_its_log()
    {
        await using var host = await TestHost.StartAsync(("quiet.csx", """mcp.Tool("quiet", "", () => 1);"""));
        using var loggers = LoggerFactory.Create(builder => builder.AddProvider(host.Log));
        var console = Console.Out;
        ConsoleCapture.Install(loggers);
        try
        {
            await host.SaveAsync("loud.csx", """
                Console.WriteLine("while registering");
                mcp.Tool("loud", "", async () => { Console.Write("in a "); await Task.Yield(); Console.Write("call\n"); return "answer"; });
                mcp.OnLive(() => Console.WriteLine("going live"));
                """);
            Assert.Equal("answer", await host.CallAsync("loud"));
            await TestHost.UntilAsync(() => host.Log.Lines.Contains("Information [plugin.loud] going live"), "OnLive has printed");
        }
        finally
        {
            Console.SetOut(console);
        }
        Assert.Contains("Information [plugin.loud] while registering", host.Log.Lines);
        Assert.Contains("Information [plugin.loud] in a call", host.Log.Lines);
    }

    [Fact]
    public async Task Each_plugin_has_its_own_version_of_a_dependency()
    {
        var setup = new TestSetup
        {
            Prepare = folder =>
            {
                foreach (var (plugin, version) in new[] { ("old", "1.0.0.0"), ("new", "2.0.0.0") })
                {
                    Directory.CreateDirectory(folder[plugin]);
                    File.WriteAllBytes(folder[$"{plugin}/Words.dll"], Dll.Of("Words", $$"""
                        [assembly: System.Reflection.AssemblyVersion("{{version}}")]
                        public static class Words { public static string Version => "{{version}}"; public static int Uses; }
                        """));
                    folder.Write($"{plugin}/main.csx", $$"""
                        #r "Words.dll"
                        mcp.Tool("{{plugin}}", "", () => $"{Words.Version} used {++Words.Uses}");
                        """);
                }
            },
        };
        await using var host = await TestHost.StartAsync(setup);
        Assert.Equal("1.0.0.0 used 1", await host.CallAsync("old"));
        Assert.Equal("2.0.0.0 used 1", await host.CallAsync("new"));
        Assert.Equal("1.0.0.0 used 2", await host.CallAsync("old"));
    }

    [Fact]
    public async Task A_dependency_that_changes_reloads_the_plugins_that_use_it()
    {
        static byte[] Words(string word) => Dll.Of("Words", $"public static class Words {{ public static string Word => \"{word}\"; }}");
        var setup = new TestSetup { Prepare = folder => File.WriteAllBytes(folder["Words.dll"], Words("one")) };
        await using var host = await TestHost.StartAsync(setup, ("work.csx", "#r \"Words.dll\"\nmcp.Tool(\"work\", \"\", () => Words.Word);"));
        Assert.Equal("one", await host.CallAsync("work"));

        var two = Words("two");
        await host.ChangeAsync("work", () => File.WriteAllBytes(host.Folder["Words.dll"], two), result => result.Ok);
        Assert.Equal("two", await host.CallAsync("work"));
    }

    [Fact]
    public async Task A_plugin_that_fails_while_it_goes_live_or_cleans_up_affects_no_other()
    {
        await using var host = await TestHost.StartAsync(("bad.csx", """
            mcp.Tool("bad", "", () => "served");
            mcp.OnLive(() => throw new Exception("not live"));
            mcp.OnUnload(() => throw new Exception("not clean"));
            mcp.Retiring.Register(() => throw new Exception("not retiring"));
            mcp.Unloading.Register(() => throw new Exception("not unloading"));
            """), ("good.csx", """mcp.Tool("good", "", () => "good");"""));
        await TestHost.UntilAsync(() => host.Log.Text.Contains("Plugin 'bad' is served, but its OnLive action failed."), "the failure is logged");
        Assert.Equal("served", await host.CallAsync("bad"));

        Assert.True((await host.Registry.UnloadAsync("bad")).Ok);
        await TestHost.UntilAsync(() => host.Registry.LiveGenerations == 1, "it is gone all the same");
        foreach (var said in new[] { "not clean", "not retiring", "not unloading" })
            Assert.Contains(said, host.Log.Text);
        Assert.Equal("good", await host.CallAsync("good"));
    }
}
