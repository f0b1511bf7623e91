using System.Collections.Immutable;
using McpScript.Loading;
using McpScript.Loading.Primitives;
using McpScript.Model;
using McpScript.Registry;

namespace McpScript;

/// <summary>The host's own tools, prompts and resources, beside those of plugins: collected until the start, then changed in one swap each time.</summary>
sealed class OwnPrimitives(IServiceProvider services, IGuardGroups guards)
{
    readonly PrimitiveFactory _factory = new(services, PluginJson.CreateOptions(), ImmutableDictionary<string, MemberDoc>.Empty, prefix: null, guards);
    readonly Registrations _registered = new();
    readonly AsyncLock _turn = new();
    PluginPrimitives _items = PluginPrimitives.Empty;
    volatile bool _started;

    /// <summary>True if nothing is offered.</summary>
    public bool IsEmpty => _items.IsEmpty && _registered.Tools.Count + _registered.Prompts.Count + _registered.Resources.Count == 0;

    /// <summary>Number of tools offered.</summary>
    public int Tools => _items.Tools.Length;

    /// <summary>Returns the registrations, to which tools, prompts and resources are added before the start.</summary>
    /// <exception cref="InvalidOperationException">The server has started.</exception>
    public Registrations Open() => _started
        ? throw new InvalidOperationException("The server has started already. To change what it offers, await server.UpdateAsync(own => …).")
        : _registered;

    /// <summary>Serves what was collected; later changes need <see cref="UpdateAsync"/>.</summary>
    /// <exception cref="InvalidOperationException">Something cannot be offered; the message lists all problems.</exception>
    public async Task StartAsync(PluginRegistry registry)
    {
        var problems = new List<PluginProblem>();
        var items = new PrimitiveBuilder(_factory, problems).Build(_registered, PluginPrimitives.Empty);
        if (problems.Count > 0)
            throw new InvalidOperationException(string.Join(" ", problems.Select(problem => problem.Message)));
        await ServeAsync(registry, items);
        _started = true;
    }

    /// <summary>Changes what is offered, in one swap. Thread-safe: updates run one at a time.</summary>
    /// <exception cref="InvalidOperationException">The server has not started, or something cannot be offered; nothing has changed.</exception>
    public async Task UpdateAsync(PluginRegistry registry, Action<IPluginUpdate> change)
    {
        if (!_started)
            throw new InvalidOperationException("The server has not started yet. Until then, call server.Tool(…), server.Prompt(…) and the like directly.");
        using var turn = await _turn.EnterAsync();
        var update = new PluginUpdate(_items, prefix: null);
        change(update);
        await ServeAsync(registry, update.Build(_items, _factory));
    }

    async Task ServeAsync(PluginRegistry registry, PluginPrimitives next)
    {
        await registry.UpdateHostAsync(served =>
        {
            // The host also serves the tools of management and of the gate.
            var others = served.Without(NamesOf(_items));
            return NamesOf(next).FirstOrDefault(others.Has) is { } taken
                ? throw new InvalidOperationException($"'{taken}' is already offered by the host. Give yours another name.")
                : others.With(next);
        });
        _items = next;
    }

    static HashSet<string> NamesOf(PluginPrimitives items) => items.Tools.Select(tool => tool.ProtocolTool.Name)
        .Concat(items.Prompts.Select(prompt => prompt.ProtocolPrompt.Name))
        .Concat(items.Resources.Select(resource => resource.ProtocolResourceTemplate.UriTemplate))
        .ToHashSet(StringComparer.Ordinal);
}
