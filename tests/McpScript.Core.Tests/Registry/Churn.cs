using System.Collections.Concurrent;
using McpScript.Registry;

namespace McpScript.Core.Tests.Registry;

/// <summary>A registry whose plugins count their registrations and ends, and see whether another one registers at the same time.</summary>
sealed class Churn : IAsyncDisposable
{
    readonly TestRegistry _test = new();
    readonly ConcurrentDictionary<int, int> _ends = [];
    readonly ConcurrentQueue<string> _violations = [];
    int _generations, _registering;

    public Churn(params string[] names)
    {
        foreach (var name in names)
            _test.Source.Put(name, mcp => Register(name, mcp));
    }

    /// <summary>Rules that were broken.</summary>
    public IEnumerable<string> Violations =>
        [.. _violations, .. _ends.Where(pair => pair.Value != 1).Select(pair => $"generation {pair.Key} ended {pair.Value} times")];

    /// <summary>Number of generations so far.</summary>
    public int Generations => _generations;

    /// <summary>Changes one plugin, or is cancelled while it waits for its turn.</summary>
    public async Task ChangeAsync(string plugin, PluginChangeKind kind, bool isCancelled)
    {
        Task change = _test.Registry.ApplyAsync([new(new(plugin), kind)], new CancellationToken(isCancelled));
        await change.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Builds a plugin and throws it away.</summary>
    public Task DryRunAsync(string plugin) => _test.Registry.DryRunAsync([new(plugin)], CancellationToken.None);

    /// <summary>Unloads everything.</summary>
    public Task ShutdownAsync() => _test.ShutdownAsync();

    /// <summary>Waits for all generations to end that have left the service.</summary>
    public Task RetiredAsync() => _test.RetiredAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _test.DisposeAsync();

    void Register(string name, IPluginBuilder mcp)
    {
        if (Interlocked.Increment(ref _registering) > 1)
            _violations.Enqueue($"{name} registers while another plugin does");
        var generation = Interlocked.Increment(ref _generations);
        _ends[generation] = 0;
        mcp.Tool(name, "", () => "");
        mcp.OnUnload(() => _ends.AddOrUpdate(generation, 1, (_, ends) => ends + 1));
        Thread.Yield();
        Interlocked.Decrement(ref _registering);
    }
}
