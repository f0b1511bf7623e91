using System.Collections.Immutable;
using System.Globalization;
using McpScript.FileSystem;
using Microsoft.Extensions.DependencyInjection;

namespace McpScript.Model;

/// <summary>
/// One live generation of a plugin: owner of its primitives and of everything that ends with it. Catalog, registry, call pipeline and retirement use
/// plugins only through this class; each way of running a plugin derives from it.
/// </summary>
/// <remarks>
/// The end of a generation has five steps, which retirement takes in this order: <see cref="Leases"/> are closed, <see cref="Retiring"/> is cancelled, the
/// leases drain, <see cref="Unloading"/> is cancelled, and <see cref="DisposeAsync"/> and <see cref="Release"/> run. Thread-safe, except for these steps.
/// </remarks>
abstract class Plugin
{
    readonly CancellationTokenSource _retiring = new();
    readonly CancellationTokenSource _unloading = new();
    volatile PluginPrimitives _items = PluginPrimitives.Empty;

    /// <param name="location">Location of the plugin.</param>
    /// <param name="generation">Number of the attempt to load this name, from 1.</param>
    /// <param name="files">Every file that the code and the settings depend on.</param>
    /// <param name="time">The clock.</param>
    protected Plugin(PluginLocation location, int generation, ImmutableArray<SourceFile> files, TimeProvider time)
    {
        (Location, Generation, Files, LoadedAt, Leases) = (location, generation, files, time.GetLocalNow(), new(time));
        (Retiring, Unloading) = (_retiring.Token, _unloading.Token);
    }

    /// <summary>Name of the plugin.</summary>
    public PluginReference Reference => Location.Reference;

    /// <summary>Location of the plugin.</summary>
    public PluginLocation Location { get; }

    /// <summary>Number of the attempt to load this name, from 1; failed attempts count.</summary>
    public int Generation { get; }

    /// <summary>Every file that the code and the settings depend on.</summary>
    public ImmutableArray<SourceFile> Files { get; }

    /// <summary>Time when the generation was created, with the machine's offset.</summary>
    public DateTimeOffset LoadedAt { get; }

    /// <summary>The running calls.</summary>
    public Leases Leases { get; }

    /// <summary>Cancelled at the swap that takes the generation out of service.</summary>
    public CancellationToken Retiring { get; }

    /// <summary>Cancelled after the last call, or when the time for calls is over.</summary>
    public CancellationToken Unloading { get; }

    /// <summary>The primitives that the plugin offers; empty after its release.</summary>
    public PluginPrimitives Items => _items;

    /// <summary>Prefix of the plugin's tool names, without the underscore that follows; null for none.</summary>
    public string? Prefix { get; init; }

    /// <summary>Time to load the code, as a part of the time to load the plugin.</summary>
    public TimeSpan Loading { get; protected set; }

    /// <summary>Culture of the plugin's code while it handles a request. Default: the invariant culture.</summary>
    public CultureInfo Culture { get; init; } = CultureInfo.InvariantCulture;

    /// <summary>Validators that check calls before they run; empty after the release.</summary>
    public virtual IReadOnlyList<PreCallValidator> Validators => [];

    /// <summary>Completes when the <c>mcp.OnLive</c> actions have ended; clean-up waits for that.</summary>
    public Task Activation { get; set; } = Task.CompletedTask;

    /// <summary>Creates a scope of the plugin's services for one call.</summary>
    /// <exception cref="ObjectDisposedException">The generation has ended.</exception>
    public abstract AsyncServiceScope CreateScope();

    /// <summary>Replaces the primitives that the plugin offers; clients see them after the next swap of the catalog.</summary>
    public void SetPrimitives(PluginPrimitives items) => _items = items;

    /// <summary>Applies the state that this generation has written. Called right before the swap that publishes it.</summary>
    public virtual void Commit()
    {
    }

    /// <summary>True if there are <c>mcp.OnLive</c> actions; false after the release.</summary>
    public virtual bool HasLiveActions => false;

    /// <summary>Runs the <c>mcp.OnLive</c> actions. Called after the swap, when the older generation has been notified that it retires.</summary>
    public virtual Task ActivateAsync() => Task.CompletedTask;

    /// <summary>Cancels <see cref="Retiring"/>.</summary>
    public void StartRetiring() => _retiring.Cancel();

    /// <summary>Cancels <see cref="Unloading"/>.</summary>
    public void StartUnloading() => _unloading.Cancel();

    /// <summary>Runs every clean-up, also after one has failed. May run the plugin's own code, so the caller bounds it in time.</summary>
    /// <returns>The exceptions of the clean-ups.</returns>
    public abstract Task<IReadOnlyList<Exception>> DisposeAsync();

    /// <summary>Drops every reference to the plugin's code and connections without running plugin code. The last step, even after a failed clean-up.</summary>
    public virtual void Release()
    {
        _items = PluginPrimitives.Empty;
        Activation = Task.CompletedTask;
    }
}
