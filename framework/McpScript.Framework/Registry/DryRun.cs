using System.Collections.Immutable;
using McpScript.Model;
using ModelContextProtocol.Protocol;

namespace McpScript.Registry;

/// <summary>What would become of a plugin if it were loaded, and what it would offer; nothing was served.</summary>
/// <param name="Reference">The plugin.</param>
/// <param name="Image">Its image; null if there is none.</param>
/// <param name="Refusal">Why it was not even tried: it is turned off; null if it was.</param>
/// <param name="Failure">Why it cannot be loaded; null if it can.</param>
/// <param name="Tools">The tools that it would offer.</param>
/// <param name="Prompts">The prompts.</param>
/// <param name="Advice">Warnings for its author.</param>
sealed record DryRun(PluginReference Reference, PluginImage? Image, string? Refusal, PluginLoadException? Failure, ImmutableArray<Tool> Tools, ImmutableArray<Prompt> Prompts,
    ImmutableArray<PluginProblem> Advice)
{
    /// <summary>As far as a candidate came.</summary>
    public static DryRun Of(PendingChange candidate)
    {
        var items = (candidate.Next ?? candidate.Rejected)?.Items ?? PluginPrimitives.Empty;
        return new(candidate.Change.Reference, candidate.Image, candidate.Refusal, candidate.Failure,
            [.. items.Tools.Select(tool => tool.ProtocolTool)], [.. items.Prompts.Select(prompt => prompt.ProtocolPrompt)], items.Advice);
    }
}
