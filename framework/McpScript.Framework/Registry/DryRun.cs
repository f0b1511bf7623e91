using System.Collections.Immutable;
using McpScript.Model;
using ModelContextProtocol.Protocol;

namespace McpScript.Registry;

/// <summary>Outcome of building a plugin without serving it.</summary>
/// <param name="Reference">The plugin.</param>
/// <param name="Image">The plugin's image; null if there is none.</param>
/// <param name="Refusal">The reason why it was not built: it is disabled; null otherwise.</param>
/// <param name="Failure">The failure to load; null if it can be loaded.</param>
/// <param name="Tools">The tools that it would offer.</param>
/// <param name="Prompts">The prompts that it would offer.</param>
/// <param name="Advice">Warnings for its author.</param>
sealed record DryRun(
    PluginReference Reference, PluginImage? Image, string? Refusal, PluginLoadException? Failure, ImmutableArray<Tool> Tools,
    ImmutableArray<Prompt> Prompts, ImmutableArray<PluginProblem> Advice)
{
    /// <summary>Describes a pending change as far as it was built.</summary>
    public static DryRun Of(PendingChange candidate)
    {
        var items = (candidate.Next ?? candidate.Rejected)?.Items ?? PluginPrimitives.Empty;
        return new(candidate.Change.Reference, candidate.Image, candidate.Refusal, candidate.Failure,
            [.. items.Tools.Select(tool => tool.ProtocolTool)], [.. items.Prompts.Select(prompt => prompt.ProtocolPrompt)], items.Advice);
    }
}
