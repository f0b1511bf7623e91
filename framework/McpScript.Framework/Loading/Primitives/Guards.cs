using System.Reflection;
using ModelContextProtocol.Server;

namespace McpScript.Loading.Primitives;

/// <summary>
/// The gate groups that guard a tool by its author's declaration. They are part of the SDK's metadata of the tool, so that they stay with it wherever it is
/// used.
/// </summary>
static class Guards
{
    /// <summary>Groups of a tool, from attributes and from <see cref="IToolBuilder.Protect"/>.</summary>
    public static IEnumerable<string> Of(McpServerTool tool) =>
        tool.Metadata.OfType<ProtectAttribute>().Select(guard => guard.Group).Distinct(StringComparer.Ordinal);

    /// <summary>Creates the metadata for the SDK; null lets the SDK take the attributes of method and class itself.</summary>
    /// <param name="method">The handler; null if there is no .NET method.</param>
    /// <param name="given">Metadata from the author's options, which the SDK would use instead of the attributes.</param>
    /// <param name="groups">Further groups that guard the tool.</param>
    public static IReadOnlyList<object>? Metadata(MethodInfo? method, IReadOnlyList<object>? given, IReadOnlyCollection<string> groups)
    {
        if (given is null && groups.Count == 0)
            return null;
        var metadata = new List<object>(given ?? []);
        if (method is not null)
        {
            var attributes = (method.DeclaringType?.GetCustomAttributes() ?? []).Concat(method.GetCustomAttributes());
            if (given is null)
                metadata.Add(method);
            metadata.AddRange(given is null ? attributes : attributes.OfType<ProtectAttribute>());
        }
        metadata.AddRange(groups.Select(group => new ProtectAttribute(group)));
        return metadata;
    }
}
