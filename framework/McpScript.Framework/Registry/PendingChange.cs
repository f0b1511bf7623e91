using System.Collections.Immutable;
using McpScript.Catalogs;
using McpScript.Model;

namespace McpScript.Registry;

/// <summary>Working state of one plugin change while it is applied.</summary>
sealed class PendingChange(PluginChange change, Plugin? old)
{
    /// <summary>The requested change.</summary>
    public PluginChange Change { get; } = change;

    /// <summary>The generation that is loaded before the change; null if none is.</summary>
    public Plugin? Old { get; } = old;

    /// <summary>Absolute path of the plugin's main file, once it is found.</summary>
    public string? Path { get; set; }

    /// <summary>The plugin's image, once it is read.</summary>
    public PluginImage? Image { get; set; }

    /// <summary>The new generation, once it is loaded; null again if it collides.</summary>
    public Plugin? Next { get; set; }

    /// <summary>A new generation that collides and is not served.</summary>
    public Plugin? Rejected { get; set; }

    /// <summary>The failure; null if there is none.</summary>
    public PluginLoadException? Failure { get; set; }

    /// <summary>The plugins that it collides with.</summary>
    public IReadOnlyList<PluginReference> BlockedBy { get; set; } = [];

    /// <summary>The reason why the change is refused; null if it is not.</summary>
    public string? Refusal { get; set; }

    /// <summary>Time to get the image.</summary>
    public TimeSpan Compiling { get; set; }

    /// <summary>Time to load the image and run its registration.</summary>
    public TimeSpan Registering { get; set; }

    /// <summary>Time to determine the final set and swap the catalog, for the whole change set.</summary>
    public TimeSpan Swapping { get; set; }

    /// <summary>Time to hand the notifications to all client connections, for the whole change set.</summary>
    public TimeSpan Notifying { get; set; }

    /// <summary>Definitions of the items of the old generation, by kind and name: a tool and a prompt may share one.</summary>
    public IReadOnlyDictionary<(string Kind, string Name), string> Before { get; } = DefinitionsOf(old);

    /// <summary>Definitions of the items of a generation, by kind and name.</summary>
    public static IReadOnlyDictionary<(string Kind, string Name), string> DefinitionsOf(Plugin? plugin)
    {
        var all = new Dictionary<(string Kind, string Name), string>();
        foreach (var tool in plugin?.Items.Tools ?? [])
            all[("tool", tool.ProtocolTool.Name)] = Definitions.Of(tool);
        foreach (var resource in plugin?.Items.Resources ?? [])
            all[("resource", resource.ProtocolResourceTemplate.UriTemplate)] = Definitions.Of(resource);
        foreach (var prompt in plugin?.Items.Prompts ?? [])
            all[("prompt", prompt.ProtocolPrompt.Name)] = Definitions.Of(prompt);
        foreach (var command in plugin?.Items.Commands ?? [])
            all[("command", command.Id)] = command.Description;
        return all;
    }

    /// <summary>True if the old generation is unloaded without a new one.</summary>
    public bool Leaves => Change.Kind == PluginChangeKind.Unload && Refusal is null;

    /// <summary>True while the change may still produce a new generation.</summary>
    public bool IsLoading => Change.Kind != PluginChangeKind.Unload && Refusal is null && Failure is null;

    /// <summary>Describes the outcome.</summary>
    /// <param name="elapsed">Duration of the change set until the swap.</param>
    public ChangeResult ToResult(TimeSpan elapsed)
    {
        if (Refusal is { } refusal)
            return ChangeResult.Refused(Change, refusal) with { Plugin = Old is { } loaded ? PluginSummary.Of(loaded) : null };
        var now = Leaves ? null : Next ?? Old;
        var (before, after) = (Before, DefinitionsOf(now));
        return new()
        {
            Name = Change.Reference.Name,
            Reference = Change.Reference,
            Kind = Change.Kind,
            Ok = Failure is null,
            Plugin = now is null ? null : PluginSummary.Of(now),
            WasLoaded = Old is not null,
            Added = Names(after.Keys.Except(before.Keys)),
            Changed = Names(after.Keys.Where(item => before.TryGetValue(item, out var was) && was != after[item])),
            Removed = Names(before.Keys.Except(after.Keys)),
            Error = Failure is { } failure ? ErrorTexts.Of(failure) : null,
            Stage = Failure?.Stage,
            Problems = Failure?.Problems ?? [],
            Elapsed = elapsed,
            Compiling = Compiling,
            Registering = Registering,
        };
    }

    static ImmutableArray<string> Names(IEnumerable<(string Kind, string Name)> items) => [.. items.Select(item => item.Name).Distinct()];
}
