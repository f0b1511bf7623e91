using System.Runtime.CompilerServices;
using McpScript.Http.Endpoint;
using McpScript.Model;
using McpScript.Scripting.Compilation;
using McpScript.Testing.Processes;

namespace McpScript.Framework.Tests.Layers;

/// <summary>Direction of the dependencies between the folders of each project that has several. The maps go to <c>artifacts/dependencies.txt</c>.</summary>
public class LayerTests
{
    // Folders of each project from bottom to top: a folder uses only folders that stand before it.
    static readonly Dictionary<string, string[]> Layers = new()
    {
        ["McpScript.Framework"] =
        [
            "Model", "Telemetry", "Sources", "Loading", "Unloading", "Catalogs", "Configuration", "Logging", "Invocation", "Registry", "Protocol", "Gates",
            "Reconcile", "Checking", "Hosting", "Management",
        ],
        ["McpScript.Scripting"] = ["Scripts", "Code", "Compilation", "Cache", "Sources", "Testing", "Authoring"],
        ["McpScript.Http"] = ["Requests", "Guard", "Streams", "Sessions", "Endpoint", "Management", "Authentication", "Health", "Hosting"],
        ["McpScript.Client"] = ["Errors", "Terminal", "Arguments", "Primitives", "Connecting", "Completion", "Output", "Input", "Requests", "Repl", "Commands"],
    };

    // Arrows that point up, as "Project: From -> To". Stays empty.
    static readonly string[] Exceptions = [];

    static readonly Dictionary<string, DependencyMap> Maps = new()
    {
        ["McpScript.Framework"] = Map(typeof(PluginReference)),
        ["McpScript.Scripting"] = Map(typeof(ScriptCompiler)),
        ["McpScript.Http"] = Map(typeof(McpEndpoint)),
        ["McpScript.Client"] = DependencyMap.Read(Path.ChangeExtension(BuiltProgram.Client, ".dll"), Path.Combine(Root(), "tools", "McpScript.Client")),
    };

    public static TheoryData<string> Projects => [.. Layers.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Every_dependency_between_folders_points_down(string project)
    {
        var up = Maps[project].Arrows.Where(
            arrow => IsUp(project, Top(arrow.Key.From), Top(arrow.Key.To)) && !Exceptions.Contains($"{project}: {arrow.Key.From} -> {arrow.Key.To}"));
        Assert.Empty(up.SelectMany(arrow => arrow.Value));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void No_folder_takes_part_in_a_cycle(string project)
    {
        var arrows = Maps[project].Arrows;
        var next = arrows.Keys.ToLookup(arrow => arrow.From, arrow => arrow.To);
        Assert.Empty(arrows.Keys.Where(arrow => Reachable(arrow.To, next).Contains(arrow.From)).SelectMany(arrow => arrows[arrow]));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Every_folder_is_in_the_order_of_layers(string project) =>
        Assert.Empty(Maps[project].Folders.Values.Select(Top).Distinct().Except(Layers[project]));

    [Theory]
    [MemberData(nameof(Projects))]
    public void Every_namespace_is_named_as_its_folder(string project)
    {
        // McpScript.Framework holds the namespaces below McpScript itself.
        var root = project == "McpScript.Framework" ? "McpScript" : project;
        Assert.All(Maps[project].Folders, type => Assert.Equal($"{root}.{type.Value.Replace('/', '.')}", Namespace(type.Key)));
    }

    [Fact]
    public void The_maps_are_written_for_the_documentation()
    {
        Directory.CreateDirectory(Path.Combine(Root(), "artifacts"));
        File.WriteAllText(Path.Combine(Root(), "artifacts", "dependencies.txt"), string.Join('\n', Maps.Select(map => $"{map.Key}\n{map.Value}")));
        Assert.All(Maps.Values, map => Assert.NotEmpty(map.Arrows));
    }

    static DependencyMap Map(Type type) => DependencyMap.Read(type.Assembly.Location, Path.Combine(Root(), "framework", type.Assembly.GetName().Name!));

    static bool IsUp(string project, string from, string to) => from != to && Array.IndexOf(Layers[project], to) >= Array.IndexOf(Layers[project], from);

    static string Top(string folder) => folder.Split('/')[0];

    static string Namespace(string type) => type[..type.LastIndexOf('.')];

    static HashSet<string> Reachable(string start, ILookup<string, string> next)
    {
        var (seen, open) = (new HashSet<string> { start }, new Queue<string>([start]));
        while (open.TryDequeue(out var folder))
            foreach (var one in next[folder].Where(seen.Add))
                open.Enqueue(one);
        return seen;
    }

    static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
