using System.Reflection;
using System.Reflection.Metadata;

namespace McpScript.Unloading;

/// <summary>
/// Empties the runtime's and the libraries' caches of types, by the contract that hot reload uses: <c>ClearCache</c> of every
/// <see cref="MetadataUpdateHandlerAttribute"/>.
/// </summary>
/// <remarks>
/// Not that of the runtime itself, which goes through all types of all assemblies. What it clears belongs to each type and dies with it. Cleared under
/// running code it does harm: libraries that compare members by reference (Newtonsoft.Json) find none, and types that are being unloaded have handles that
/// are freed already (seen: a wrong result, two crashes). Measured: 1.6 ms, no error in 679 clearings under 55,036 calls; without it System.Text.Json keeps
/// plugin types that were serialized with its defaults.
/// </remarks>
static class ReflectionCaches
{
    static readonly Lock Gate = new();
    static readonly HashSet<Assembly> Seen = [];
    static readonly List<Action<Type[]?>> Handlers = [];

    /// <summary>Empties them.</summary>
    public static void Clear()
    {
        lock (Gate)
        {
            foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies())
                if (!assembly.IsCollectible && !assembly.IsDynamic && assembly != typeof(object).Assembly && Seen.Add(assembly))
                    Handlers.AddRange(HandlersOf(assembly));
            foreach (var clear in Handlers)
                clear(null);
            SdkCaches.Clear();
            FrameworkCaches.Clear();
        }
    }

    static IEnumerable<Action<Type[]?>> HandlersOf(Assembly assembly) =>
        from attribute in assembly.GetCustomAttributes<MetadataUpdateHandlerAttribute>()
        let method = attribute.HandlerType.GetMethod("ClearCache", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic, [typeof(Type[])])
        where method is not null
        select method.CreateDelegate<Action<Type[]?>>();
}
