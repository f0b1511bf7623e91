using McpScript.Testing;

namespace McpScript.Specs.Authoring;

/// <summary>Problems of registration have a code and a place wherever they are read: status, log, check.</summary>
public class RegistrationProblemSpecs
{
    [Theory]
    [Trait("Fault", "A18")]
    [InlineData("mcp.Tool(\"il\",\"d\",(ILogger log)=>1);", 3, "tool 'il'")]
    [InlineData("mcp.Prompt(\"il\",\"d\",(ILogger log)=>\"\");", 3, "prompt 'il'")]
    [InlineData("mcp.Resource(\"il://a\",(ILogger log)=>\"\");", 3, "resource 'il://a'")]
    [InlineData("mcp.Command(\"il\",\"d\",(ILogger log)=>\"\");", 3, "command 'il'")]
    [InlineData("[McpServerTool] Task<string> Generic<T>(T x) => Task.FromResult(\"\");", 3, "tool method 'Generic'")]
    [InlineData("[McpServerTool] string Named(ILogger log) => \"\";", 3, "tool method 'Named'")]
    [InlineData("[McpServerToolType] class Tools(Action then) { [McpServerTool] public string Any() => \"\"; }", 3, "Class Tools")]
    [InlineData("mcp.Tool(\"twice\",\"d\",()=>1);\nmcp.Tool(\"twice\",\"d\",()=>1);", 3, "'twice'")]
    [InlineData("mcp.Complete(\"none\", \"a\", t => []);", 3, "'none'")]
    public async Task A_problem_has_code_file_and_line_in_status_log_and_check_alike(string line, int number, string named)
    {
        await using var host = await TestHost.StartAsync(("p.csx", $"// a comment\nmcp.Tool(\"other\", \"d\", () => 1);\n{line}"));
        var problem = Assert.Single(host.StatusOf("p").Problems);
        Assert.Contains(named, problem.Message);
        Assert.StartsWith("MCS", problem.Code);
        Assert.Equal((host.Folder["p.csx"], number), (problem.File, problem.Line));
        Assert.Contains($"p.csx({number},{problem.Column}): error {problem.Code}: {problem.Message}", host.Log.Text);
        var found = Assert.Single((await host.Server.Check.RunAsync(cancellationToken: TestContext.Current.CancellationToken)).Findings,
            finding => finding.Severity == Checking.CheckSeverity.Error);
        Assert.Equal(problem, found.Problem);
    }

    [Fact]
    [Trait("Fault", "A18")]
    public async Task A_DLL_is_named_as_the_location_of_its_problems()
    {
        var dll = Dll.Build(
            "Gen", """[McpServerToolType] public static class Tools { [McpServerTool] public static Task<string> A<T>(T x) => Task.FromResult(""); }""");
        await using var host = await TestHost.StartAsync(new TestSetup { Prepare = folder => dll.WriteTo(folder.Path) });
        var problem = Assert.Single(host.StatusOf("Gen").Problems);
        Assert.Contains("tool method 'A' is generic: A<T>", problem.Message);
        Assert.Equal(("MCS0013", host.Folder["Gen.dll"]), (problem.Code, problem.File));
    }

    [Fact]
    [Trait("Fault", "A19")]
    public async Task A_hosted_service_is_refused_with_a_hint_at_OnLive()
    {
        var hosting = typeof(Microsoft.Extensions.Hosting.IHostedService).Assembly.Location;
        var dll = Dll.Build("Hosts", """
            public class Worker : Microsoft.Extensions.Hosting.BackgroundService
            {
                protected override Task ExecuteAsync(CancellationToken ct) => Task.CompletedTask;
            }
            public class P : IPlugin
            {
                public void Register(IPluginBuilder mcp, PluginConfig config)
                {
                    Microsoft.Extensions.DependencyInjection.ServiceCollectionHostedServiceExtensions.AddHostedService<Worker>(mcp.Services);
                    mcp.Tool("t", "d", () => 1);
                }
            }
            """);
        await using var host = await TestHost.StartAsync(new TestSetup
        {
            Prepare = folder =>
            {
                dll.WriteTo(folder["Hosts"]);
                File.Copy(hosting, Path.Combine(folder["Hosts"], Path.GetFileName(hosting)));
            },
        });
        var problem = Assert.Single(host.StatusOf("Hosts").Problems);
        Assert.Contains("AddHostedService<Worker>", problem.Message);
        Assert.Contains("mcp.OnLive", problem.Message);
        Assert.Equal("MCS0013", problem.Code);
    }

    [Theory]
    [Trait("Fault", "C3")]
    [InlineData("stats", "{}", "all well")]
    [InlineData("add", """{"a":1,"b":2}""", "3")]
    [InlineData("add", """{"a":1}""", "6")]
    [InlineData("greet", """{"name":"Ada"}""", "Hello, Ada")]
    [InlineData("plugins", "{}", "1 True")]
    [InlineData("later", """{"size":"Large"}""", "Large")]
    [InlineData("group", "{}", "method")]
    [InlineData("all", """{"x":1,"y":"z"}""", "x,y")]
    [InlineData("list", "{}", "[1,2]")]
    [InlineData("nothing", "{}", "")]
    [InlineData("add", """{"a":"x"}""", "Error: Command 'add' failed: 'a' should be an integer")]
    [InlineData("add", """{}""", "Error: Command 'add' failed: 'a' is missing")]
    [InlineData("stats", """{"x":1}""", "Error: Command 'stats' failed: 'x' is not an argument")]
    public async Task A_command_is_any_delegate_with_the_parameters_of_tools(string name, string arguments, string answer)
    {
        await using var host = await TestHost.StartAsync(("ops.csx", """
            enum Size { Small, Large }
            class Greeter { public string Word => "Hello"; }
            string Group() => "method";
            mcp.Services.AddScoped<Greeter>();
            mcp.Command("stats", "Counts.", () => "all well");
            mcp.Command("add", "Adds.", (int a, int b = 5) => a + b);
            mcp.Command("greet", "Greets.", (Greeter greeter, string name) => $"{greeter.Word}, {name}");
            mcp.Command("plugins", "Counts.", (ProxySnapshot proxy, CancellationToken ct) => $"{proxy.Plugins.Count} {ct.CanBeCanceled}");
            mcp.Command("later", "Waits.", async (Size size) => { await Task.Yield(); return size.ToString(); });
            mcp.Command("group", "A method group.", Group);
            mcp.Command("all", "All of them.", (IReadOnlyDictionary<string, JsonElement> all) => string.Join(",", all.Keys));
            mcp.Command("list", "A list.", () => new[] { 1, 2 });
            mcp.Command("nothing", "Nothing.", () => { });
            """));
        Assert.True(host.Registry.Plugins.Length == 1, host.Log.Text);
        var given = System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(arguments);
        Assert.StartsWith(answer, await host.CallAsync("proxy__command", new { name, arguments = given }));
    }
}
