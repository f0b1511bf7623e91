using System.Reflection;
using McpScript.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Server;

namespace McpScript.Specs.Authoring;

/// <summary>Attributed classes are listed as the official SDK lists them, base classes included.</summary>
[Trait("Fault", "A5")]
public class InheritedToolSpecs
{
    const string Shapes = """
        public abstract class CrudTools<T> where T : new()
        {
            static readonly List<T> Items = [];
            [McpServerTool(Name = "crud_add"), Description("Add one.")] public int Add() { Items.Add(new T()); return Items.Count; }
            [McpServerTool(Name = "crud_kind"), Description("Kind.")] public virtual string Kind() => typeof(T).Name;
            [McpServerTool(Name = "crud_static"), Description("Static of a base.")] public static string Static() => "static";
        }
        public class Note { }
        [McpServerToolType] public class NoteTools : CrudTools<Note>
        {
            [McpServerTool(Name = "note_own"), Description("Own.")] public string Own() => "own";
            public override string Kind() => "overridden";
        }
        [McpServerToolType] public class OtherTools : CrudTools<Note> { }
        [McpServerToolType] public abstract class BaseMarked { [McpServerTool(Name = "base_marked"), Description("x")] public string M() => GetType().Name; }
        public class DerivedOfMarked : BaseMarked { [McpServerTool(Name = "derived_marked"), Description("x")] public string D() => "d"; }
        [McpServerToolType] public class Plain
        {
            [McpServerTool(Name = "hidden"), Description("x")] public string Hidden() => "base";
            [McpServerTool(Name = "protected_one"), Description("x")] protected string P() => "p";
            [McpServerTool(Name = "private_one"), Description("x")] string Q() => "q";
        }
        [McpServerToolType] public sealed class Hiding : Plain { [McpServerTool(Name = "hidden2"), Description("x")] public new string Hidden() => "derived"; }
        [McpServerToolType] public static class Statics
        {
            [McpServerTool(Name = "static_own"), Description("x")] public static string S() => "s";
            public static class Nested { [McpServerTool(Name = "unmarked"), Description("x")] public static string U() => ""; }
        }
        public class Outer { [McpServerToolType] public class Inner { [McpServerTool(Name = "nested"), Description("x")] public string N() => "n"; } }
        public class NotMarked { [McpServerTool(Name = "not_marked"), Description("x")] public string N() => "n"; }
        public abstract class PromptBase
        {
            [McpServerPrompt(Name = "base_prompt"), Description("x")] public string Ask(string what) => $"{GetType().Name} {what}";
        }
        [McpServerPromptType] public class Prompts : PromptBase { [McpServerPrompt(Name = "own_prompt"), Description("x")] public string Own() => "own"; }
        public abstract class ResourceBase
        {
            [McpServerResource(UriTemplate = "base://one", Name = "base"), Description("x")] public string One() => GetType().Name;
        }
        [McpServerResourceType] public class Resources : ResourceBase
        {
            [McpServerResource(UriTemplate = "own://{id}", Name = "own"), Description("x")] public string Own(string id) => id;
        }
        """;

    [Fact]
    public async Task A_library_is_listed_as_by_WithToolsFromAssembly_and_every_tool_answers()
    {
        var dll = Dll.Build("Shapes", Shapes);
        var sdk = Sdk(Assembly.Load(dll.Assembly));
        await using var host = await TestHost.StartAsync(new TestSetup { Prepare = folder => dll.WriteTo(folder.Path) });
        await CompareAsync(host, sdk);
        foreach (var (tool, answer) in new[] { ("crud_add", "1"), ("crud_kind", "overridden"), ("note_own", "own"), ("base_marked", "DerivedOfMarked"),
            ("derived_marked", "d"), ("private_one", "q"), ("hidden2", "derived") })
            Assert.Equal(answer, await host.CallAsync(tool));
        var client = await host.Client;
        Assert.Equal("Prompts hi", ((ModelContextProtocol.Protocol.TextContentBlock)(await client.GetPromptAsync(
            "base_prompt", new Dictionary<string, object?> { ["what"] = "hi" })).Messages.Single().Content).Text);
        Assert.Equal("Resources", ((ModelContextProtocol.Protocol.TextResourceContents)(await client.ReadResourceAsync("base://one")).Contents.Single()).Text);
        await host.Registry.UnloadAsync("Shapes");
        await TestHost.UntilAsync(() => host.Registry.LiveGenerations == 0, "it is gone");
    }

    [Fact]
    public async Task Classes_of_a_script_are_listed_the_same()
    {
        var sdk = Sdk(Assembly.Load(Dll.Build("Shapes2", Shapes).Assembly));
        await using var host = await TestHost.StartAsync(("shapes.csx", Shapes));
        Assert.True(host.Registry.Plugins.Length == 1, host.Log.Text);
        await CompareAsync(host, sdk);
        Assert.Equal("DerivedOfMarked", await host.CallAsync("base_marked"));
    }

    [Fact]
    public async Task A_class_whose_marked_base_is_in_another_DLL_is_a_plugin()
    {
        var shared = Dll.Build("Shared", """
            namespace Lib;
            [McpServerToolType] public abstract class Marked<T>
            {
                [McpServerTool(Name = "from_base"), Description("x")] public string M() => GetType().Name + typeof(T).Name;
            }
            public abstract class Middle : Marked<int> { }
            """);
        var dll = Dll.Build("Uses", "public class Mine : Lib.Middle { }", shared.Assembly);
        await using var host = await TestHost.StartAsync(new TestSetup { Prepare = folder => { shared.WriteTo(folder.Path); dll.WriteTo(folder.Path); } });
        Assert.Equal("MineInt32", await host.CallAsync("from_base"));
    }

    [Fact]
    public async Task A_marked_abstract_class_without_derived_classes_is_listed_with_the_reason_it_cannot_run()
    {
        await using var host = await TestHost.StartAsync(("lone.csx", """
            [McpServerToolType] public abstract class Lone { [McpServerTool(Name = "lone"), Description("x")] public string M() => ""; }
            """));
        Assert.Contains("class Lone is abstract", await host.CallAsync("lone"));
    }

    static async Task CompareAsync(TestHost host, McpServerOptions sdk)
    {
        var client = await host.Client;
        var tools = (await client.ListToolsAsync()).Where(tool => !tool.Name.StartsWith("proxy__", StringComparison.Ordinal)).ToList();
        Assert.Equal(sdk.ToolCollection!.Select(tool => tool.ProtocolTool.Name).Order(), tools.Select(tool => tool.Name).Order());
        foreach (var tool in sdk.ToolCollection!)
            Assert.Equal((tool.ProtocolTool.Description, tool.ProtocolTool.InputSchema.GetRawText()),
                tools.Single(mine => mine.Name == tool.ProtocolTool.Name) is var mine ? (mine.Description, mine.JsonSchema.GetRawText()) : default);
        Assert.Equal(sdk.PromptCollection!.Select(prompt => prompt.ProtocolPrompt.Name).Order(),
            (await client.ListPromptsAsync()).Select(prompt => prompt.Name).Order());
        Assert.Equal(sdk.ResourceCollection!.Select(resource => resource.ProtocolResourceTemplate.UriTemplate).Order(),
            (await client.ListResourcesAsync()).Select(resource => resource.Uri)
                .Concat((await client.ListResourceTemplatesAsync()).Select(template => template.UriTemplate)).Order());
    }

    static McpServerOptions Sdk(Assembly assembly)
    {
        var services = new ServiceCollection();
        services.AddMcpServer().WithToolsFromAssembly(assembly).WithPromptsFromAssembly(assembly).WithResourcesFromAssembly(assembly);
        return services.BuildServiceProvider().GetRequiredService<IOptions<McpServerOptions>>().Value;
    }
}
