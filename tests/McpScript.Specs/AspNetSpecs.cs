using McpScript.Testing;

namespace McpScript.Specs;

/// <summary>Plugins that use ASP.NET Core, which this host runs with.</summary>
public class AspNetSpecs
{
    static BuiltDll Web(string name) => Dll.Build(name, """
        public class Thing { public string Name { get; set; } = ""; }
        [McpServerToolType]
        public static class Tools
        {
            [McpServerTool(Name = "query")]
            public static string Query(string value) => Microsoft.AspNetCore.WebUtilities.QueryHelpers.AddQueryString("http://x", "a", value);
            [McpServerTool(Name = "html")] public static async Task<string> Html(string value)
            {
                var context = new Microsoft.AspNetCore.Http.DefaultHttpContext();
                context.Items[typeof(Thing)] = new Thing { Name = value };
                await Microsoft.AspNetCore.Http.Results.Json(new Thing { Name = value }).ExecuteAsync(new Microsoft.AspNetCore.Http.DefaultHttpContext
                {
                    RequestServices = Microsoft.Extensions.DependencyInjection.ServiceCollectionContainerBuilderExtensions.BuildServiceProvider(
                        Microsoft.Extensions.DependencyInjection.LoggingServiceCollectionExtensions.AddLogging(
                            new Microsoft.Extensions.DependencyInjection.ServiceCollection())),
                });
                return ((Thing)context.Items[typeof(Thing)]!).Name;
            }
        }
        """);

    [Theory, Trait("Fault", "A17")]
    [InlineData("")]
    [InlineData("Web")]
    public async Task A_dll_with_the_framework_reference_works_and_unloads(string folder)
    {
        await using var host = await TestHost.StartAsync(new TestSetup { Prepare = plugins => Web("Web").WriteTo(plugins[folder]) });
        Assert.True(host.Registry.Failures.IsEmpty, host.Log.Text);
        Assert.Equal("http://x?a=b%20c", await host.CallAsync("query", new { value = "b c" }));
        Assert.Equal("b", await host.CallAsync("html", new { value = "b" }));

        Assert.True((await host.Registry.ReloadAsync("Web")).Ok);
        await host.Registry.UnloadAsync("Web");
        await TestHost.UntilAsync(() => host.Registry.LiveGenerations == 0, $"both generations are gone; left: {string.Join(", ", host.Registry.Retired)}");
    }

    [Theory, Trait("Fault", "A17")]
    [InlineData("#r \"Microsoft.AspNetCore.WebUtilities\"")]
    [InlineData("#r \"Microsoft.AspNetCore.WebUtilities.dll\"")]
    [InlineData("#r \"Microsoft.AspNetCore.App\"")]
    public async Task A_script_references_one_or_all_assemblies_of_the_framework(string reference)
    {
        await using var host = await TestHost.StartAsync(("web.csx", $$"""
            {{reference}}
            using Microsoft.AspNetCore.WebUtilities;
            mcp.Tool("query", "", (string value) => QueryHelpers.AddQueryString("http://x", "a", value)
                + new Microsoft.AspNetCore.Http.DefaultHttpContext().Response.StatusCode);
            """));
        Assert.True(host.Registry.Failures.IsEmpty, host.Log.Text);
        Assert.Equal("http://x?a=b200", await host.CallAsync("query", new { value = "b" }));
        await host.Registry.UnloadAsync("web");
        await TestHost.UntilAsync(() => host.Registry.LiveGenerations == 0, "it is gone");
    }

    [Fact, Trait("Fault", "A17")]
    public async Task A_script_that_names_an_assembly_that_the_host_lacks_gets_the_fix()
    {
        await using var host = await TestHost.StartAsync(("lost.csx", "#r \"Microsoft.AspNetCore.Elsewhere\"\nmcp.Tool(\"a\", \"\", () => 1);"));
        Assert.Contains("is part of ASP.NET Core, and this host runs without it", host.StatusOf("lost").Problems[0].Message);
    }

    [Fact, Trait("Fault", "A17")]
    public async Task A_DLL_that_needs_an_assembly_that_the_host_lacks_is_refused_at_load()
    {
        var nowhere = Dll.Build("Microsoft.AspNetCore.Nowhere", "namespace Nowhere { public class Thing; }");
        var dll = Dll.Build("Lost", "[McpServerToolType] public static class Tools { [McpServerTool] public static string Say() => new "
            + "Nowhere.Thing().ToString()!; }", nowhere.Assembly);
        await using var host = await TestHost.StartAsync(new TestSetup { Prepare = plugins => dll.WriteTo(plugins["Lost"]) });
        var problem = Assert.Single(host.StatusOf("Lost").Problems);
        Assert.Equal("MCS207", problem.Code);
        Assert.Contains(
            "'Lost.dll' needs the assembly 'Microsoft.AspNetCore.Nowhere', which is part of ASP.NET Core, and this host runs without it.", problem.Message);
        Assert.Contains("<FrameworkReference Include=\"Microsoft.AspNetCore.App\" />", problem.Message);
    }
}
