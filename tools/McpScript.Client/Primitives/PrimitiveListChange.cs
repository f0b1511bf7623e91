using System.Text.Json;
using ModelContextProtocol;

namespace McpScript.Client.Primitives;

/// <summary>How one list differs from what it was.</summary>
/// <param name="Kind">Which list.</param>
/// <param name="Before">How many there were.</param>
/// <param name="After">How many there are.</param>
/// <param name="Added">What is new.</param>
/// <param name="Removed">What is gone.</param>
/// <param name="Changed">What is described otherwise than before.</param>
sealed record PrimitiveListChange(ListKind Kind, int Before, int After, IReadOnlyList<string> Added, IReadOnlyList<string> Removed, IReadOnlyList<string> Changed)
{
    /// <summary>All differences between two offers.</summary>
    public static IEnumerable<PrimitiveListChange> Between(ServerPrimitives before, ServerPrimitives after) => new[]
    {
        Between(ListKind.Tool, Named(before.Tools, tool => tool.Name), Named(after.Tools, tool => tool.Name)),
        Between(ListKind.Prompt, Named(before.Prompts, prompt => prompt.Name), Named(after.Prompts, prompt => prompt.Name)),
        Between(ListKind.Resource, Resources(before), Resources(after)),
    }.OfType<PrimitiveListChange>();

    static PrimitiveListChange? Between(ListKind kind, Dictionary<string, string> before, Dictionary<string, string> after)
    {
        var change = new PrimitiveListChange(kind, before.Count, after.Count,
            [.. after.Keys.Except(before.Keys)], [.. before.Keys.Except(after.Keys)], [.. after.Where(each => before.TryGetValue(each.Key, out var old) && old != each.Value).Select(each => each.Key)]);
        return change is { Added.Count: 0, Removed.Count: 0, Changed.Count: 0 } ? null : change;
    }

    static Dictionary<string, string> Resources(ServerPrimitives offer) => Named(offer.Resources, resource => resource.Uri).Concat(Named(offer.Templates, template => template.UriTemplate))
        .DistinctBy(each => each.Key).ToDictionary(each => each.Key, each => each.Value);

    // Servers may list a name twice, though they should not.
    static Dictionary<string, string> Named<T>(IEnumerable<T> items, Func<T, string> name) =>
        items.DistinctBy(name).ToDictionary(name, item => JsonSerializer.Serialize(item, McpJsonUtilities.DefaultOptions));
}
