using System.Collections.Immutable;
using ModelContextProtocol.Server;

namespace McpScript.Model;

/// <summary>Tools, prompts, resources, completions and commands of one generation of a plugin. Immutable.</summary>
sealed record PluginPrimitives
{
    /// <summary>A set without items.</summary>
    public static PluginPrimitives Empty { get; } = new();

    /// <summary>Tools that the SDK created: it adapts only its own tool type to older clients.</summary>
    public ImmutableArray<McpServerTool> Tools { get; init; } = [];

    /// <summary>Prompts.</summary>
    public ImmutableArray<McpServerPrompt> Prompts { get; init; } = [];

    /// <summary>Resources and resource templates.</summary>
    public ImmutableArray<McpServerResource> Resources { get; init; } = [];

    /// <summary>Completions of arguments, by prompt name or URI template and argument.</summary>
    public ImmutableDictionary<(string Target, string Argument), ArgumentCompletion> Completions { get; init; } =
        ImmutableDictionary<(string, string), ArgumentCompletion>.Empty;

    /// <summary>Management commands.</summary>
    public ImmutableArray<PluginCommand> Commands { get; init; } = [];

    /// <summary>Warnings for the author, which do not keep the plugin from being served.</summary>
    public ImmutableArray<PluginProblem> Advice { get; init; } = [];

    /// <summary>True if there is no tool, prompt, resource or command.</summary>
    public bool IsEmpty => Tools.IsEmpty && Prompts.IsEmpty && Resources.IsEmpty && Commands.IsEmpty;

    /// <summary>Adds items; an added item replaces one of the same name.</summary>
    public PluginPrimitives With(PluginPrimitives those) => new()
    {
        Tools = Join(Tools, those.Tools),
        Prompts = Join(Prompts, those.Prompts),
        Resources = Join(Resources, those.Resources),
        Completions = Completions.SetItems(those.Completions),
        Commands = Join(Commands, those.Commands),
    };

    /// <summary>Removes the tools, prompts and resources that have one of the names.</summary>
    public PluginPrimitives Without(IReadOnlySet<string> names) => new()
    {
        Tools = Tools.RemoveAll(tool => names.Contains(tool.ProtocolTool.Name)),
        Prompts = Prompts.RemoveAll(prompt => names.Contains(prompt.ProtocolPrompt.Name)),
        Resources = Resources.RemoveAll(resource => names.Contains(resource.ProtocolResourceTemplate.UriTemplate)),
        Completions = Completions.RemoveRange(Completions.Keys.Where(key => names.Contains(key.Target))),
        Commands = Commands,
    };

    /// <summary>True if a tool, prompt or resource has the name.</summary>
    public bool Has(string name) => Tools.Any(tool => tool.ProtocolTool.Name == name) || Prompts.Any(prompt => prompt.ProtocolPrompt.Name == name)
        || Resources.Any(resource => resource.ProtocolResourceTemplate.UriTemplate == name);

    static ImmutableArray<T> Join<T>(ImmutableArray<T> these, ImmutableArray<T> those) where T : IMcpServerPrimitive
    {
        var replaced = those.Select(item => item.Id).ToHashSet(StringComparer.Ordinal);
        return [.. these.Where(item => !replaced.Contains(item.Id)), .. those];
    }
}
