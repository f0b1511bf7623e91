using System.Text.Json.Nodes;
using McpScript.Testing;

namespace McpScript.Specs;

/// <summary>Assemblies that come with a DLL: all that its build put beside it or lists, by whatever name they are requested.</summary>
public class DllDependencySpecs
{
    const string Main = """
        [McpServerToolType] public static class Tools
        {
            [McpServerTool(Name = "say")] public static string Say() => Activator.CreateInstance(Type.GetType("Prov.P, byname.Provider", true)!)!.ToString()!;
        }
        """;

    // A chain: what is found by its name alone refers to another one in the usual way.
    static BuiltDll Part(string says) =>
        Dll.Build("byname.Part", $"namespace Prov {{ public static class Part {{ public static string Says => \"{says}\"; }} }}");

    static BuiltDll Provider(string says = "provided") =>
        Dll.Build("byname.Provider", "namespace Prov { public class P { public override string ToString() => Part.Says; } }", Part(says).Assembly);

    static string Deps(params (string Library, string Group, string Path)[] assets)
    {
        var target = new JsonObject();
        foreach (var (library, group, path) in assets)
            target[$"{library}/1.0.0"] = new JsonObject
            {
                [group] = new JsonObject
                {
                    [path] = group == "runtimeTargets"
                ? new JsonObject { ["rid"] = path.Split('/')[1], ["assetType"] = "runtime" } : new JsonObject()
                }
            };
        return new JsonObject
        {
            ["runtimeTarget"] = new JsonObject { ["name"] = ".NETCoreApp,Version=v10.0" },
            ["targets"] = new JsonObject { [".NETCoreApp,Version=v10.0"] = target }
        }.ToJsonString();
    }

    [Fact, Trait("Fault", "A2")]
    public async Task An_assembly_loaded_by_name_comes_from_the_plugins_folder_and_its_change_reloads_the_plugin()
    {
        await using var host = await TestHost.StartAsync(new TestSetup
        {
            Prepare = folder =>
            {
                Dll.Build("Main", Main).WriteTo(folder["Main"]);
                Provider().WriteTo(folder["Main"]);
                Part("provided").WriteTo(folder["Main"]);
                File.WriteAllBytes(folder["Main/native.dll"], [0x7f, 0x45, 0x4c, 0x46, 0, 0]);   // not an assembly, and never requested
            },
        });
        Assert.Equal("provided", await host.CallAsync("say"));

        Assert.True((await host.ChangeAsync("Main", () => Part("provided anew").WriteTo(host.Folder["Main"]))).Ok);
        Assert.Equal("provided anew", await host.CallAsync("say"));
        await host.Registry.UnloadAsync("Main");
        await TestHost.UntilAsync(() => host.Registry.LiveGenerations == 0, "it is gone");
    }

    [Fact, Trait("Fault", "A2")]
    public async Task A_loose_DLL_gets_the_assemblies_that_its_deps_json_lists()
    {
        await using var host = await TestHost.StartAsync(new TestSetup
        {
            Prepare = folder =>
            {
                Dll.Build("Main", Main).WriteTo(folder.Path);
                Provider().WriteTo(folder.Path);
                Part("listed").WriteTo(folder.Path);
                folder.Write("Main.deps.json", Deps(("byname.Provider", "runtime", "lib/net8.0/byname.Provider.dll")));
            },
        });
        Assert.Equal("listed", await host.CallAsync("say"));
    }

    [Fact, Trait("Fault", "A2")]
    public async Task A_loose_DLL_does_not_load_assemblies_that_it_neither_references_nor_lists()
    {
        await using var host = await TestHost.StartAsync(new TestSetup
        {
            Prepare = folder =>
            {
                Dll.Build("Main", Main).WriteTo(folder.Path);
                Provider().WriteTo(folder.Path);
                Part("another's").WriteTo(folder.Path);
                Dll.Build("Other", """[McpServerToolType] public static class Tools { [McpServerTool(Name = "other")] public static int Other() => 1; }""")
                    .WriteTo(folder.Path);
            },
        });
        Assert.True((await host.CallForResultAsync("say")).IsError);
        Assert.Contains("The plugin needs the assembly 'byname.Provider", host.Log.Text);
        Assert.DoesNotContain(
            host.Registry.Plugins.Single(plugin => plugin.Name == "Main").Files, file => file.Path.EndsWith("Other.dll", StringComparison.Ordinal));
    }

    [Fact, Trait("Fault", "A2")]
    public async Task An_assembly_for_this_system_takes_precedence_over_the_one_for_any()
    {
        await using var host = await TestHost.StartAsync(new TestSetup
        {
            Prepare = folder =>
            {
                Dll.Build("Main", Main).WriteTo(folder["Main"]);
                Provider().WriteTo(folder["Main"]);
                Part("for any").WriteTo(folder["Main"]);
                Part("for this one").WriteTo(folder[OperatingSystem.IsWindows() ? "Main/runtimes/win/lib/net8.0" : "Main/runtimes/unix/lib/net8.0"]);
                folder.Write("Main/Main.deps.json", Deps(
                    ("byname.Provider", "runtime", "lib/net8.0/byname.Provider.dll"),
                    ("byname.Part", "runtimeTargets", OperatingSystem.IsWindows() ? "runtimes/win/lib/net8.0/byname.Part.dll"
                        : "runtimes/unix/lib/net8.0/byname.Part.dll")));
            },
        });
        Assert.Equal("for this one", await host.CallAsync("say"));
    }

    [Fact, Trait("Fault", "A2")]
    public async Task A_script_gets_the_assemblies_that_the_deps_json_of_its_library_lists()
    {
        await using var host = await TestHost.StartAsync(new TestSetup
        {
            Prepare = folder =>
            {
                Dll.Build("Main", Main.Replace("McpServerToolType] ", "Obsolete] ").Replace("[McpServerTool(Name = \"say\")] ", "")).WriteTo(folder["lib"]);
                Provider().WriteTo(folder["lib"]);
                Part("to a script").WriteTo(folder["lib"]);
                folder.Write("lib/Main.deps.json", Deps(("byname.Provider", "runtime", "lib/net8.0/byname.Provider.dll")));
            },
        }, ("say.csx", "#r \"lib/Main.dll\"\n#pragma warning disable CS0612\nmcp.Tool(\"say\", \"\", () => Tools.Say());"));
        Assert.Equal("to a script", await host.CallAsync("say"));
    }
}
