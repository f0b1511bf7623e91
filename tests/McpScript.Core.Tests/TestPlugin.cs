using System.Collections.Immutable;
using McpScript.FileSystem;
using McpScript.Loading;
using McpScript.Model;
using ModelContextProtocol.Server;

namespace McpScript.Core.Tests;

/// <summary>Plugins without code: a load context that is never used, and items that are made here.</summary>
static class TestPlugin
{
    /// <summary>Absolute path of the plugin folder that they claim to come from.</summary>
    public const string Root = "/plugins";

    /// <summary>A live generation that offers these tools.</summary>
    /// <param name="name">Name of the plugin.</param>
    /// <param name="tools">Names of its tools.</param>
    public static Plugin Create(string name, params string[] tools) => Create(name, 1, [.. tools.Select(tool => Tool(tool))]);

    /// <summary>A live generation that offers these tools.</summary>
    public static Plugin Create(
        string name, int generation, ImmutableArray<McpServerTool> tools, string kind = "script", string? prefix = null, TimeProvider? time = null)
    {
        var plugin = new InProcessPlugin(
            Image(name, kind), PluginSettings.None, generation, Context(name), NoTracker.Instance, time ?? TimeProvider.System)
        { Prefix = prefix };
        plugin.SetPrimitives(PluginPrimitives.Empty with { Tools = tools });
        return plugin;
    }

    /// <summary>A tool that returns its own description.</summary>
    public static McpServerTool Tool(string name, string? description = null) =>
        McpServerTool.Create(() => description ?? name, new McpServerToolCreateOptions { Name = name, Description = description ?? name });

    /// <summary>An image without code, made from one script file.</summary>
    public static AssemblyImage Image(string name, string kind = "script") => new()
    {
        Location = Location(name, kind),
        Assembly = [],
        Files = [new SourceFile($"{Root}/{name}.csx", "hash")],
    };

    /// <summary>The place of a script in <see cref="Root"/>.</summary>
    public static PluginLocation Location(string name, string kind = "script") => new(new PluginReference(name), kind, $"{Root}/{name}.csx", Root);

    static PluginLoadContext Context(string name) => new(name, Image(name), ImmutableHashSet<string>.Empty);
}
