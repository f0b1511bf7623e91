using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using McpScript.Loading;
using McpScript.Model;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpScript.Core.Tests.Unloading;

/// <summary>A generation that records the steps of its end.</summary>
sealed class EndingPlugin
{
    static readonly ImmutableArray<byte> OwnAssembly = PluginCode.Compile(_ => { });

    readonly ConcurrentQueue<Ending> _endings = [];
    readonly ConcurrentDictionary<string, TaskCompletionSource> _signals = [];
    readonly WatchedTime _time;

    /// <summary>A generation in a load context of its own.</summary>
    /// <param name="name">Name of the plugin.</param>
    /// <param name="time">The clock.</param>
    /// <param name="generation">Its number.</param>
    /// <param name="assembly">Its code; null for some valid assembly.</param>
    /// <param name="tracker">Follows its load context; null for none.</param>
    public EndingPlugin(string name, WatchedTime time, int generation = 1, ImmutableArray<byte>? assembly = null, IGenerationTracker? tracker = null)
    {
        _time = time;
        var image = TestPlugin.Image(name) with { Assembly = assembly ?? OwnAssembly };
        var context = new PluginLoadContext(name, image, ImmutableHashSet<string>.Empty);
        context.Unloading += _ => Record("unloaded");
        tracker ??= NoTracker.Instance;
        tracker.Track(context);
        Plugin = new(image, PluginSettings.None, generation, context, tracker, time);
        var state = new PluginState().Open(JsonSerializerOptions.Default);
        Mcp = new(Plugin, NullLogger.Instance, state, new NoHost(), null, time);
        Plugin.Own(Mcp, state);
        Plugin.Retiring.UnsafeRegister(_ => Record("retiring"), null);
        Plugin.Unloading.UnsafeRegister(_ => Record("unloading"), null);
        // The last clean-up that runs, because it was registered first.
        Mcp.OnUnload(() => Record("disposed"));
    }

    /// <summary>The generation.</summary>
    public InProcessPlugin Plugin { get; }

    /// <summary>The registration of its code.</summary>
    public PluginBuilder Mcp { get; }

    /// <summary>The steps so far.</summary>
    public IReadOnlyList<Ending> Endings => [.. _endings];

    /// <summary>Names of the steps so far.</summary>
    public IEnumerable<string> Steps => _endings.Select(ending => ending.What);

    /// <summary>Begins a call.</summary>
    public Leases.Lease Call() => Plugin.Leases.TryTake() ?? throw new InvalidOperationException("It takes no calls any more.");

    /// <summary>The step of that name, once it has happened.</summary>
    public async Task<Ending> StepAsync(string what)
    {
        await Signal(what).Task.Soon();
        return _endings.First(ending => ending.What == what);
    }

    void Record(string what)
    {
        _endings.Enqueue(new(what, Plugin.Leases.Running().Count, _time.Elapsed));
        Signal(what).TrySetResult();
    }

    TaskCompletionSource Signal(string what) => _signals.GetOrAdd(what, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
