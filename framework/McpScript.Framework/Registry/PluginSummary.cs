using System.Collections.Immutable;
using McpScript.FileSystem;
using McpScript.Model;

namespace McpScript.Registry;

/// <summary>A loaded plugin as data, with further facts for the host.</summary>
public sealed record PluginSummary : PluginSnapshot
{
    /// <summary>The plugin.</summary>
    public required PluginReference Reference { get; init; }

    /// <summary>The kind of source: <c>script</c>, <c>folder</c>, <c>dll</c>, <c>dll folder</c> or <c>package</c>.</summary>
    public required string Source { get; init; }

    /// <summary>Absolute path of its main file.</summary>
    public required string Path { get; init; }

    /// <summary>Absolute path of the plugin folder that it was found in.</summary>
    public required string Root { get; init; }

    /// <summary>The files that it was built from.</summary>
    public required ImmutableArray<SourceFile> Files { get; init; }

    internal static PluginSummary Of(Plugin plugin) => new()
    {
        Reference = plugin.Reference,
        Name = plugin.Reference.Name,
        Generation = plugin.Generation,
        Source = plugin.Location.Kind,
        Path = plugin.Location.Path,
        Root = plugin.Location.Root,
        LoadedAt = plugin.LoadedAt,
        Tools = [.. plugin.Items.Tools.Select(tool => tool.ProtocolTool.Name)],
        Resources = [.. plugin.Items.Resources.Select(resource => resource.ProtocolResourceTemplate.UriTemplate)],
        Prompts = [.. plugin.Items.Prompts.Select(prompt => prompt.ProtocolPrompt.Name)],
        Files = plugin.Files,
    };
}
