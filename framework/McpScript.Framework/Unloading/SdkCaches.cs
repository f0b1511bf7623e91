using System.Collections;
using System.Reflection;
using ModelContextProtocol.Server;

namespace McpScript.Unloading;

/// <summary>Removes plugin types from static caches of the MCP SDK, which has no API for it; they would keep a plugin in memory for ever.</summary>
/// <remarks>
/// Uses reflection on names of SDK 2.4.0. In a version without these names nothing is removed, and such a plugin is reported as lingering (a spec detects
/// this). Only collectible types are removed; a cache rebuilds such entries when they are needed.
/// </remarks>
static class SdkCaches
{
    // The converters of enum parameters of resource templates, and the schemas of ElicitAsync<T> without options.
    static readonly (string Type, string Field)[] Known =
        [
            ("ModelContextProtocol.Server.AIFunctionMcpServerResource", "s_convertersCache"),
            ("ModelContextProtocol.Server.McpServer", "s_elicitResultSchemaCache"),
        ];

    static readonly object[] Caches = [.. Known.Select(Find).OfType<object>()];

    /// <summary>Names of private members that this version of the SDK does not have.</summary>
    public static IEnumerable<string> NotFound => Known.Where(known => Find(known) is null).Select(known => $"{known.Type}.{known.Field}");

    /// <summary>Removes the types of plugins from all caches.</summary>
    public static void Clear()
    {
        foreach (var dictionary in Caches.SelectMany(Dictionaries))
            foreach (var type in dictionary.Keys.OfType<Type>().Where(type => type.IsCollectible).ToList())
                dictionary.Remove(type);
    }

    static object? Find((string Type, string Field) known) =>
        typeof(McpServer).Assembly.GetType(known.Type)?.GetField(known.Field, BindingFlags.Static | BindingFlags.NonPublic)?.GetValue(null);

    // A cache is a dictionary by type, or holds one per serializer options.
    static IEnumerable<IDictionary> Dictionaries(object cache) => cache switch
    {
        IDictionary dictionary => [dictionary],
        IEnumerable byOptions => byOptions.Cast<object>().Select(entry => entry.GetType().GetProperty("Value")?.GetValue(entry)).OfType<IDictionary>(),
        _ => [],
    };
}
