using System.Collections.Immutable;
using McpScript.Catalogs;
using McpScript.Model;

namespace McpScript.Registry;

/// <summary>A wish while it is being carried out.</summary>
sealed class PendingChange(PluginChange change, Plugin? old)
{
    /// <summary>The wish.</summary>
    public PluginChange Change { get; } = change;

    /// <summary>What is loaded under the name; null if nothing is.</summary>
    public Plugin? Old { get; } = old;

    /// <summary>Absolute path of its main file, once it is found.</summary>
    public string? Path { get; set; }

    /// <summary>Its image, once made.</summary>
    public PluginImage? Image { get; set; }

    /// <summary>Its new generation, once made; null again if that failed.</summary>
    public Plugin? Next { get; set; }

    /// <summary>A new generation that was made and may not be served.</summary>
    public Plugin? Rejected { get; set; }

    /// <summary>Why it failed.</summary>
    public PluginLoadException? Failure { get; set; }

    /// <summary>The plugins that it collided with.</summary>
    public IReadOnlyList<PluginReference> BlockedBy { get; set; } = [];

    /// <summary>Why it was not even begun.</summary>
    public string? Refusal { get; set; }

    /// <summary>How long its image took.</summary>
    public TimeSpan Compiling { get; set; }

    /// <summary>How long making it live took.</summary>
    public TimeSpan Registering { get; set; }

    /// <summary>How long finding the final set and swapping it in took, for all of the change.</summary>
    public TimeSpan Swapping { get; set; }

    /// <summary>How long handing the news to all clients' connections took, for all of the change.</summary>
    public TimeSpan Telling { get; set; }

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

    /// <summary>True if the old generation goes and none comes.</summary>
    public bool Leaves => Change.Kind == PluginChangeKind.Unload && Refusal is null;

    /// <summary>True while a new generation may still come of it.</summary>
    public bool IsGoing => Change.Kind != PluginChangeKind.Unload && Refusal is null && Failure is null;

    /// <summary>What became of it.</summary>
    /// <param name="elapsed">How long its turn took until the swap.</param>
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
