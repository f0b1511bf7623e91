using System.Collections.Immutable;
using McpScript.Model;
using ModelContextProtocol.Server;

namespace McpScript.Loading.Primitives;

/// <summary>Builds the registered items and joins them with those found by attributes; collects every problem instead of stopping at the first.</summary>
sealed class PrimitiveBuilder(PrimitiveFactory factory, ICollection<PluginProblem> problems)
{
    /// <summary>Builds all items of the plugin.</summary>
    public PluginPrimitives Build(Registrations registered, PluginPrimitives attributed)
    {
        var items = new PluginPrimitives
        {
            Tools = Join("tool", attributed.Tools, registered.Tools),
            Prompts = Join("prompt", attributed.Prompts, registered.Prompts),
            Resources = Join("resource", attributed.Resources, registered.Resources),
            Commands = Join("command", [], registered.Commands),
            Completions = attributed.Completions.SetItems(registered.Completions),
        };
        foreach (var (target, argument) in registered.Completions.Keys.Where(key => !items.Has(key.Target)))
            problems.Add(new($"mcp.Complete names '{target}', argument '{argument}', but this plugin has no such prompt or resource template.", "MCS0007"));
        return items;
    }

    ImmutableArray<T> Join<T>(string kind, ImmutableArray<T> attributed, List<Func<PrimitiveFactory, T>> registered) where T : IMcpServerPrimitive
    {
        var all = attributed.ToBuilder();
        foreach (var build in registered)
        {
            try
            {
                all.Add(build(factory));
            }
            catch (Exception e)
            {
                // The SDK or a check of the framework rejects a handler: reported beside the plugin's other problems.
                problems.Add(PluginProblem.Refused(e));
            }
        }
        return Unique(kind, all.ToImmutable());
    }

    ImmutableArray<T> Unique<T>(string kind, ImmutableArray<T> all) where T : IMcpServerPrimitive
    {
        foreach (var twice in all.GroupBy(item => item.Id, StringComparer.Ordinal).Where(group => group.Count() > 1))
            problems.Add(new PluginProblem(
                $"The {kind} '{twice.Key}' is registered {twice.Count()} times in this plugin. Names are unique: rename or remove one.", "MCS0004"));
        return all;
    }
}
