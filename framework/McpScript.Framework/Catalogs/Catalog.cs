using System.Collections.Immutable;
using McpScript.Model;
using ModelContextProtocol.Server;

namespace McpScript.Catalogs;

/// <summary>The tools, prompts, resources, resource templates and commands that are served, each with its owner. Immutable.</summary>
sealed class Catalog
{
    /// <summary>A catalog without items.</summary>
    public static Catalog Empty { get; } = new();

    /// <summary>The plugins in it, in load order.</summary>
    public ImmutableArray<Plugin> Plugins { get; private init; } = [];

    /// <summary>The tools.</summary>
    public CatalogSet<McpServerTool> Tools { get; private init; } = CatalogSet<McpServerTool>.Empty;

    /// <summary>The prompts.</summary>
    public CatalogSet<McpServerPrompt> Prompts { get; private init; } = CatalogSet<McpServerPrompt>.Empty;

    /// <summary>The resources with a fixed URI.</summary>
    public CatalogSet<McpServerResource> Resources { get; private init; } = CatalogSet<McpServerResource>.Empty;

    /// <summary>The resource templates.</summary>
    public CatalogSet<McpServerResource> Templates { get; private init; } = CatalogSet<McpServerResource>.Empty;

    /// <summary>The plugins' management commands.</summary>
    public CatalogSet<PluginCommand> Commands { get; private init; } = CatalogSet<PluginCommand>.Empty;

    /// <summary>The host's own items, which are in the sets above too.</summary>
    public PluginPrimitives Host { get; private init; } = PluginPrimitives.Empty;

    /// <summary>Finds a loaded plugin; null if none has that name.</summary>
    public Plugin? Find(PluginReference reference) => Plugins.FirstOrDefault(plugin => plugin.Reference.Equals(reference));

    /// <summary>Creates the catalog of plugins; for a contested name the first plugin in the list wins.</summary>
    /// <param name="plugins">The plugins, in load order.</param>
    /// <param name="host">The host's own items, whose names no plugin can have.</param>
    /// <param name="collisions">Names that plugins cannot have; serve the returned catalog only if this is empty.</param>
    public static Catalog Of(IReadOnlyList<Plugin> plugins, PluginPrimitives host, out ImmutableArray<Collision> collisions)
    {
        var found = ImmutableArray.CreateBuilder<Collision>();
        var catalog = new Catalog
        {
            Plugins = [.. plugins],
            Host = host,
            Tools = Take("tool", host, plugins, found, items => items.Tools, Definitions.Of),
            Prompts = Take("prompt", host, plugins, found, items => items.Prompts, Definitions.Of),
            Resources = Take("resource", host, plugins, found, items => items.Resources.Where(resource => !resource.IsTemplated), Definitions.Of),
            Templates = Take("resource template", host, plugins, found, items => items.Resources.Where(resource => resource.IsTemplated), Definitions.Of),
            Commands = Take("command", host, plugins, found, items => items.Commands, command => command.Description),
        };
        TakePrefixes(plugins, found);
        collisions = found.ToImmutable();
        return catalog;
    }

    // Only where a package is involved, because its prefix is taken from its id. Two plugins with the same configured prefix may share it.
    static void TakePrefixes(IReadOnlyList<Plugin> plugins, ImmutableArray<Collision>.Builder collisions)
    {
        var taken = new Dictionary<string, Plugin>(StringComparer.OrdinalIgnoreCase);
        foreach (var plugin in plugins)
            if (plugin.Prefix is { } prefix && !taken.TryAdd(prefix, plugin) && (IsPackage(plugin) || IsPackage(taken[prefix])))
                collisions.Add(new(Collision.Prefix, prefix, plugin, taken[prefix]));
    }

    static bool IsPackage(Plugin plugin) => plugin.Location.Kind == PluginKinds.Package;

    /// <summary>Creates the same catalog with its plugins in another order.</summary>
    public Catalog InOrder(IEnumerable<Plugin> plugins) => new()
    {
        Plugins = [.. plugins], Tools = Tools, Prompts = Prompts, Resources = Resources, Templates = Templates, Commands = Commands, Host = Host,
    };

    static CatalogSet<T> Take<T>(
        string kind, PluginPrimitives host, IReadOnlyList<Plugin> plugins, ImmutableArray<Collision>.Builder collisions,
        Func<PluginPrimitives, IEnumerable<T>> offered, Func<T, string> definition)
        where T : IMcpServerPrimitive
    {
        var taken = offered(host).ToDictionary(own => own.Id, own => new CatalogItem<T>(own.Id, own, null, definition(own)), StringComparer.Ordinal);
        foreach (var plugin in plugins)
            foreach (var primitive in offered(plugin.Items))
            {
                if (ReservedNames.Reserves(kind, primitive.Id, host.Tools.Select(tool => tool.ProtocolTool.Name)))
                    collisions.Add(new(kind, primitive.Id, plugin, null));
                else if (taken.TryGetValue(primitive.Id, out var owner))
                    collisions.Add(new(kind, primitive.Id, plugin, owner.Owner));
                else
                    taken.Add(primitive.Id, new(primitive.Id, primitive, plugin, definition(primitive)));
            }
        return CatalogSet<T>.Of(taken.Values);
    }
}
