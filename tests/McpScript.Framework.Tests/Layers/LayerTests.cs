using System.Runtime.CompilerServices;
using McpScript.Plugins;

namespace McpScript.Framework.Tests.Layers;

/// <summary>Direction of the dependencies between the folders of McpScript.Framework. The map that this reads goes to <c>artifacts/dependencies.txt</c>.</summary>
public class LayerTests
{
    // From bottom to top: a folder uses only folders that stand before it.
    static readonly string[] s_layers =
    [
        "Model", "FileSystem", "Telemetry", "CallLog", "Packages", "Plugins", "Catalogs", "Configuration", "Logging", "Calls", "Registry", "Serving", "Gate", "Watching", "Checking", "Hosting", "Management",
    ];

    // Arrows that point up, as "From -> To". Stays empty.
    static readonly string[] s_exceptions = [];

    static readonly DependencyMap s_map = DependencyMap.Read(typeof(PluginReference).Assembly.Location, Path.Combine(Root(), "framework", "McpScript.Framework"));

    [Fact]
    public void Every_dependency_between_folders_points_down()
    {
        Directory.CreateDirectory(Path.Combine(Root(), "artifacts"));
        File.WriteAllText(Path.Combine(Root(), "artifacts", "dependencies.txt"), s_map.ToString());
        var up = s_map.Arrows.Where(arrow => IsUp(Top(arrow.Key.From), Top(arrow.Key.To)) && !s_exceptions.Contains($"{arrow.Key.From} -> {arrow.Key.To}"));
        Assert.Empty(up.SelectMany(arrow => arrow.Value));
    }

    [Fact]
    public void No_folder_takes_part_in_a_cycle()
    {
        var next = s_map.Arrows.Keys.ToLookup(arrow => arrow.From, arrow => arrow.To);
        Assert.Empty(s_map.Arrows.Keys.Where(arrow => Reachable(arrow.To, next).Contains(arrow.From)).SelectMany(arrow => s_map.Arrows[arrow]));
    }

    [Fact]
    public void Every_folder_is_in_the_order_of_layers() => Assert.Empty(s_map.Folders.Values.Select(Top).Distinct().Except(s_layers));

    static bool IsUp(string from, string to) => from != to && Array.IndexOf(s_layers, to) >= Array.IndexOf(s_layers, from);

    static string Top(string folder) => folder.Split('/')[0];

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
