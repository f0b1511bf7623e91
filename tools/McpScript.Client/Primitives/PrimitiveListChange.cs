using System.Text.Json;
using ModelContextProtocol;

namespace McpScript.Client.Primitives;

/// <summary>Differences of one list between two snapshots.</summary>
/// <param name="Kind">The list.</param>
/// <param name="Before">Number of items before.</param>
/// <param name="After">Number of items after.</param>
/// <param name="Added">Names or URIs of new items.</param>
/// <param name="Removed">Names or URIs of removed items.</param>
/// <param name="Changed">Names or URIs of items with a changed definition.</param>
sealed record PrimitiveListChange(
    ListKind Kind, int Before, int After, IReadOnlyList<string> Added, IReadOnlyList<string> Removed, IReadOnlyList<string> Changed)
{
    /// <summary>Returns the lists that differ between two snapshots.</summary>
    public static IEnumerable<PrimitiveListChange> Between(ServerPrimitives before, ServerPrimitives after) => new[]
    {
        Between(ListKind.Tool, Named(before.Tools, tool => tool.Name), Named(after.Tools, tool => tool.Name)),
        Between(ListKind.Prompt, Named(before.Prompts, prompt => prompt.Name), Named(after.Prompts, prompt => prompt.Name)),
        Between(ListKind.Resource, Resources(before), Resources(after)),
    }.OfType<PrimitiveListChange>();

    static PrimitiveListChange? Between(ListKind kind, Dictionary<string, string> before, Dictionary<string, string> after)
    {
        var changed = after.Where(each => before.TryGetValue(each.Key, out var old) && old != each.Value).Select(each => each.Key);
        var change = new PrimitiveListChange(
            kind, before.Count, after.Count, [.. after.Keys.Except(before.Keys)], [.. before.Keys.Except(after.Keys)], [.. changed]);
        return change is { Added.Count: 0, Removed.Count: 0, Changed.Count: 0 } ? null : change;
    }

    static Dictionary<string, string> Resources(ServerPrimitives primitives) => Named(primitives.Resources, resource => resource.Uri)
        .Concat(Named(primitives.Templates, template => template.UriTemplate))
        .DistinctBy(each => each.Key).ToDictionary(each => each.Key, each => each.Value);

    // Some servers list a name twice.
    static Dictionary<string, string> Named<T>(IEnumerable<T> items, Func<T, string> name) =>
        items.DistinctBy(name).ToDictionary(name, item => JsonSerializer.Serialize(item, McpJsonUtilities.DefaultOptions));
}
