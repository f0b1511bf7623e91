using McpScript.Model;
using ModelContextProtocol.Server;

namespace McpScript.Catalogs;

/// <summary>One thing served, and whose it is.</summary>
/// <param name="Id">Its name, or its URI or URI template.</param>
/// <param name="Primitive">The SDK's object.</param>
/// <param name="Owner">The plugin; null for the host's own.</param>
/// <param name="Definition">What clients are told of it, as JSON; two items with the same definition look the same to them.</param>
sealed record CatalogItem<T>(string Id, T Primitive, Plugin? Owner, string Definition) where T : IMcpServerPrimitive
{
    /// <summary>The owner's name for texts; the host's own are the proxy's.</summary>
    public string OwnerName => Owner?.Reference.Name ?? "the proxy itself";
}
