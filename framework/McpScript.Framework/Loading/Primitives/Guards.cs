using System.Reflection;
using ModelContextProtocol.Server;

namespace McpScript.Loading.Primitives;

/// <summary>
/// The groups that a tool's author guards it with; they travel in the SDK's metadata of the tool, so that whatever becomes of it they stay with it.
/// </summary>
static class Guards
{
    /// <summary>The groups, from attributes and from <see cref="IToolBuilder.Protect"/>.</summary>
    public static IEnumerable<string> Of(McpServerTool tool) => tool.Metadata.OfType<ProtectAttribute>().Select(guard => guard.Group).Distinct(StringComparer.Ordinal);

    /// <summary>The metadata for the SDK; null leaves it to the SDK, which takes the attributes of method and class.</summary>
    /// <param name="method">The handler; null if it is none of .NET's.</param>
    /// <param name="given">What the author gave, which the SDK would take instead of the attributes.</param>
    /// <param name="groups">What the tool is to be guarded with besides.</param>
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
