using System.Collections.Concurrent;
using McpScript.Model;
using McpScript.Unloading;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpScript.Core.Tests.Unloading;

/// <summary>Generations with running calls that several threads retire, each in a way of its own: by a reload, by an unload, as never served.</summary>
sealed class ManyEndings : IAsyncDisposable
{
    /// <summary>Number of generations.</summary>
    public const int Count = 6;

    // Within a day of the test's clock every clean-up of a plugin gets its turn, on however busy a machine.
    static readonly RetirementOptions Options = new() { CancelGrace = TimeSpan.FromDays(1), CollectGrace = TimeSpan.FromDays(1) };

    readonly WatchedTime _time = new();
    readonly Retirement _retirement;
    readonly EndingPlugin[] _plugins;
    readonly ConcurrentQueue<Leases.Lease>[] _calls;
    readonly ConcurrentDictionary<int, TimeSpan> _retired = [];
    readonly ConcurrentQueue<string> _refusals = [];

    public ManyEndings()
    {
        _retirement = new(Options, _time, NullLogger<Retirement>.Instance);
        _plugins = [.. Enumerable.Range(0, Count).Select(i => new EndingPlugin($"plugin{i}", _time))];
        _calls = [.. _plugins.Select((plugin, i) => new ConcurrentQueue<Leases.Lease>(Enumerable.Range(0, i % 4).Select(_ => plugin.Call())))];
    }

    /// <summary>Rules that were broken.</summary>
    public IEnumerable<string> Violations => _refusals.Concat(_retired.Keys.SelectMany(ViolationsOf));

    /// <summary>Retires a generation, unless it is retired already.</summary>
    public void Retire(int plugin)
    {
        if (!_retired.TryAdd(plugin, _time.Elapsed))
            return;
        _ = plugin % 3 == 0 ? _retirement.ReplaceAsync(_plugins[plugin].Plugin) : _retirement.UnloadAsync(_plugins[plugin].Plugin);
        if (_plugins[plugin].Plugin.Leases.TryTake() is not null)
            _refusals.Enqueue($"plugin{plugin} took a call after it had been retired");
    }

    /// <summary>Ends a call of a generation, if one runs.</summary>
    public void EndCall(int plugin)
    {
        if (_calls[plugin].TryDequeue(out var call))
            call.Dispose();
    }

    /// <summary>Lets time pass.</summary>
    public void Pass(TimeSpan time) => _time.Advance(time);

    /// <summary>Retires the rest, ends all calls and waits for all generations to end.</summary>
    public Task FinishAsync()
    {
        for (var plugin = 0; plugin < Count; plugin++)
        {
            Retire(plugin);
            while (!_calls[plugin].IsEmpty)
                EndCall(plugin);
        }
        return _retirement.FinishAsync(new(TimeSpan.FromDays(20), _time));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _retirement.DisposeAsync();

    IEnumerable<string> ViolationsOf(int plugin)
    {
        var endings = _plugins[plugin].Endings;
        if (!endings.Select(ending => ending.What).SequenceEqual(["retiring", "unloading", "disposed", "unloaded"]))
            yield return $"plugin{plugin} ended as {string.Join(", ", endings)}";
        else if (endings[1].Calls > 0 && (plugin % 3 == 0 || endings[1].At < _retired[plugin] + Options.UnloadDrain))
            yield return $"plugin{plugin} did not wait for its calls: retired at {_retired[plugin]}, {endings[1]}";
        else if (endings[2].Calls > 0)
            yield return $"plugin{plugin} did not wait for its cancelled calls: {endings[2]}";
    }
}
