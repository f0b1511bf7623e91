using McpScript.Catalogs;
using McpScript.Model;

namespace McpScript.Registry;

/// <summary>The only writer of the catalog: admits one change at a time, while any number of readers see the catalog that is served. Thread-safe.</summary>
/// <param name="served">The catalog that is served.</param>
/// <param name="clients">Notifies clients of the lists that change.</param>
sealed class CatalogWriter(CurrentCatalog served, IClientNotifier clients)
{
    /// <summary>Raised after a swap that changes what the host or a running plugin offers, before the next change may begin. Handlers must not block.</summary>
    public event Action<ListKinds>? Changed;

    /// <summary>The catalog that is served.</summary>
    public CurrentCatalog Served => served;

    /// <summary>Notifies clients of the lists that change.</summary>
    public IClientNotifier Clients => clients;

    /// <summary>Admits one change at a time; held from the begin of a change to its end.</summary>
    public AsyncLock Turn { get; } = new();

    /// <summary>Changes what the host itself offers, in one swap.</summary>
    /// <exception cref="InvalidOperationException">A plugin has one of the names, or the server is shutting down; nothing has changed.</exception>
    public async Task UpdateHostAsync(Func<PluginPrimitives, PluginPrimitives> change)
    {
        using var turn = await Turn.EnterAsync();
        if (served.IsClosed)
            throw new InvalidOperationException("The server is shutting down, so it cannot change what it offers.");
        var next = Catalog.Of(served.Catalog.Plugins, change(served.Catalog.Host), out var collisions);
        if (!collisions.IsEmpty)
            throw new InvalidOperationException(string.Join(" ", collisions.Select(collision =>
                $"The {collision.Kind} '{collision.Id}' is already offered by plugin '{collision.Loser.Reference}'. "
                + $"Give yours another name, or unload '{collision.Loser.Reference}'.")));
        Publish(next);
    }

    /// <summary>Changes what a running plugin offers, in one swap.</summary>
    /// <param name="plugin">The generation.</param>
    /// <param name="change">Computes the new primitives from those that it offers now.</param>
    /// <exception cref="InvalidOperationException">The generation is not served, or a name is taken; nothing has changed.</exception>
    public async Task UpdateAsync(Plugin plugin, Func<PluginPrimitives, PluginPrimitives> change)
    {
        using var turn = await EnterAsync(plugin);
        if (!ReferenceEquals(served.Catalog.Find(plugin.Reference), plugin))
            throw NotServed(plugin);
        var before = plugin.Items;
        plugin.SetPrimitives(change(before));
        var next = Catalog.Of(served.Catalog.Plugins, served.Catalog.Host, out var collisions);
        if (!collisions.IsEmpty)
        {
            plugin.SetPrimitives(before);
            throw new InvalidOperationException(string.Join(" ", collisions.Select(collision => collision.ToProblem().Message)));
        }
        Publish(next);
    }

    void Publish(Catalog next)
    {
        var lists = served.Swap(next);
        clients.Announce(lists);
        Changed?.Invoke(lists);
    }

    // A plugin that is being unloaded does not wait for a long change of others.
    async Task<AsyncLock.Holder> EnterAsync(Plugin plugin)
    {
        try
        {
            return await Turn.EnterAsync(plugin.Unloading);
        }
        catch (OperationCanceledException)
        {
            throw NotServed(plugin);
        }
    }

    static InvalidOperationException NotServed(Plugin plugin) =>
        new($"This generation of plugin '{plugin.Reference}' is not served, so it cannot change what it offers.");
}
