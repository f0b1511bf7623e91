using System.Collections;
using System.Reflection;
using ModelContextProtocol.Server;

namespace McpScript.Unloading;

/// <summary>Takes plugin types out of the MCP SDK's static caches, for which it has no way of its own; they would keep a plugin in memory for good.</summary>
/// <remarks>
/// By reflection, on names of SDK 2.3.1: where a later one has none such, nothing happens, and the plugin is named as lingering as before (a spec would
/// tell us). Only types that can be unloaded are taken out: a cache loses nothing by it but time.
/// </remarks>
static class SdkCaches
{
    // What a resource template's enum parameter is parsed by; the schemas of ElicitAsync<T> without options.
    static readonly (string Type, string Field)[] Known =
        [("ModelContextProtocol.Server.AIFunctionMcpServerResource", "s_convertersCache"), ("ModelContextProtocol.Server.McpServer", "s_elicitResultSchemaCache")];

    static readonly object[] Caches = [.. Known.Select(Find).OfType<object>()];

    /// <summary>Names that this version of the SDK no longer has.</summary>
    public static IEnumerable<string> NotFound => Known.Where(known => Find(known) is null).Select(known => $"{known.Type}.{known.Field}");

    /// <summary>Takes them out.</summary>
    public static void Clear()
    {
        foreach (var dictionary in Caches.SelectMany(Dictionaries))
            foreach (var type in dictionary.Keys.OfType<Type>().Where(type => type.IsCollectible).ToList())
                dictionary.Remove(type);
    }

    static object? Find((string Type, string Field) known) =>
        typeof(McpServer).Assembly.GetType(known.Type)?.GetField(known.Field, BindingFlags.Static | BindingFlags.NonPublic)?.GetValue(null);

    // A dictionary by type, or one of those for each serializer's options.
    static IEnumerable<IDictionary> Dictionaries(object cache) => cache switch
    {
        IDictionary dictionary => [dictionary],
        IEnumerable byOptions => byOptions.Cast<object>().Select(entry => entry.GetType().GetProperty("Value")?.GetValue(entry)).OfType<IDictionary>(),
        _ => [],
    };
}
