using System.Collections.Immutable;
using McpScript.FileSystem;
using McpScript.Loading;

namespace McpScript.Registry;

/// <summary>A loaded plugin as plain data.</summary>
public sealed record PluginSummary
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Counts the attempts to load this name, from 1.</summary>
    public required int Generation { get; init; }

    /// <summary>The kind of source: <c>script</c>, <c>folder</c>.</summary>
    public required string Source { get; init; }

    /// <summary>Absolute path of its main file.</summary>
    public required string Path { get; init; }

    /// <summary>Absolute path of the plugin folder that it was found in.</summary>
    public required string Root { get; init; }

    /// <summary>When this generation was made.</summary>
    public required DateTimeOffset LoadedAt { get; init; }

    /// <summary>Names of its tools.</summary>
    public required ImmutableArray<string> Tools { get; init; }

    /// <summary>URIs of its resources and URI templates.</summary>
    public required ImmutableArray<string> Resources { get; init; }

    /// <summary>Names of its prompts.</summary>
    public required ImmutableArray<string> Prompts { get; init; }

    /// <summary>The files that it was made from.</summary>
    public required ImmutableArray<SourceFile> Files { get; init; }

    internal static PluginSummary Of(Plugin plugin) => new()
    {
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
