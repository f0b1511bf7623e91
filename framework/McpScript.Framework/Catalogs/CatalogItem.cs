using McpScript.Model;
using ModelContextProtocol.Server;

namespace McpScript.Catalogs;

/// <summary>A served primitive with its owner.</summary>
/// <param name="Id">Name of the primitive, or its URI or URI template.</param>
/// <param name="Primitive">The SDK's object.</param>
/// <param name="Owner">The plugin; null for the host's own.</param>
/// <param name="Definition">The primitive as clients see it, in JSON; items with equal definitions are the same to clients.</param>
sealed record CatalogItem<T>(string Id, T Primitive, Plugin? Owner, string Definition) where T : IMcpServerPrimitive
{
    /// <summary>The owner's name in texts; that of the proxy for the host's own items.</summary>
    public string OwnerName => Owner?.Reference.Name ?? "the proxy itself";
}
