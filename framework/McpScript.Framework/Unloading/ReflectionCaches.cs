using System.Reflection;
using System.Reflection.Metadata;

namespace McpScript.Unloading;

/// <summary>
/// Clears the type caches of the framework and of libraries, by the mechanism of hot reload: <c>ClearCache</c> of every
/// <see cref="MetadataUpdateHandlerAttribute"/>.
/// </summary>
/// <remarks>
/// Does not call the handler of the runtime itself, which clears the caches of all types of all assemblies. These caches belong to the types and die with
/// them. Clearing them while code runs does harm: libraries that compare members by reference (Newtonsoft.Json) find none, and types that are being
/// unloaded have freed handles (seen: a wrong result, two crashes). Measured: 1.6 ms, no error in 679 clearings during 55,036 calls. Without clearing,
/// System.Text.Json keeps plugin types that were serialized with its default options.
/// </remarks>
static class ReflectionCaches
{
    static readonly Lock Gate = new();
    static readonly HashSet<Assembly> Examined = [];
    static readonly List<Action<Type[]?>> Handlers = [];

    /// <summary>Clears the caches. Safe for concurrent use.</summary>
    public static void Clear()
    {
        lock (Gate)
        {
            foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies())
                if (!assembly.IsCollectible && !assembly.IsDynamic && assembly != typeof(object).Assembly && Examined.Add(assembly))
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
