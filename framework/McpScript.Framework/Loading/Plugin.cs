using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using McpScript.FileSystem;
using McpScript.Loading.Primitives;
using McpScript.Model;
using Microsoft.Extensions.DependencyInjection;

namespace McpScript.Loading;

/// <summary>One live generation of a plugin in its own load context; owns all that must die with it.</summary>
/// <remarks>Nothing outside the catalog may keep one: after <see cref="LetGo"/> it holds no plugin type any more.</remarks>
sealed class Plugin
{
    readonly CancellationTokenSource _retiring = new();
    readonly CancellationTokenSource _unloading = new();
    PluginLoadContext? _context;
    ServiceProvider? _services;
    PluginBuilder? _builder;

    public Plugin(PluginImage image, PluginSettings settings, int generation, PluginLoadContext context, TimeProvider time)
    {
        Reference = image.Location.Reference;
        Location = image.Location;
        Generation = generation;
        Image = image;
        Files = [.. image.Files, .. settings.Files];
        LoadedAt = time.GetLocalNow();
        Leases = new Leases(time);
        Retiring = _retiring.Token;
        Unloading = _unloading.Token;
        _context = context;
    }

    /// <summary>Its name.</summary>
    public PluginReference Reference { get; }

    /// <summary>Where it came from.</summary>
    public PluginLocation Location { get; }

    /// <summary>True for an installed package.</summary>
    public bool IsPackage => Location.Kind == PluginKinds.Package;

    /// <summary>From 1, counting the successful and the failed loads of this name.</summary>
    public int Generation { get; }

    /// <summary>What it was made from.</summary>
    public PluginImage Image { get; }

    /// <summary>Every file that decided code and settings.</summary>
    public ImmutableArray<SourceFile> Files { get; }

    /// <summary>When it was made, with the machine's offset.</summary>
    public DateTimeOffset LoadedAt { get; }

    /// <summary>Current culture of its code.</summary>
    public CultureInfo Culture { get; init; } = CultureInfo.InvariantCulture;

    /// <summary>Its running calls.</summary>
    public Leases Leases { get; }

    /// <summary>Fires at the swap.</summary>
    public CancellationToken Retiring { get; }

    /// <summary>Fires after the last call, or when the time for it is over.</summary>
    public CancellationToken Unloading { get; }

    /// <summary>What it offers; empty after its end.</summary>
    public PluginPrimitives Items { get; private set; } = PluginPrimitives.Empty;

    /// <summary>What the names of its tools begin with; null for nothing.</summary>
    public string? Prefix { get; set; }

    /// <summary>Builds its primitives; null after its end.</summary>
    public PrimitiveFactory? Factory { get; private set; }

    /// <summary>Its own serializer options; null after its end.</summary>
    public JsonSerializerOptions? Json { get; set; }

    /// <summary>Its view of the state that outlives it.</summary>
    public PluginState.View? State { get; private set; }

    /// <summary>How much of the time for making it live went into loading its code; the rest went into its registration.</summary>
    public TimeSpan Loading { get; set; }

    /// <summary>What looks at calls before they run; empty after its end.</summary>
    public IReadOnlyList<PreCallValidator> Validators => _builder?.Validators ?? [];

    /// <summary>A scope of its services for one call.</summary>
    public AsyncServiceScope CreateScope() => (_services ?? throw new ObjectDisposedException(Reference.Name)).CreateAsyncScope();

    /// <summary>Its own assembly, once it is loaded; null after its end.</summary>
    public Assembly? Main { get; set; }

    /// <summary>Takes what registration has made.</summary>
    public void Own(PluginBuilder builder, PluginState.View state)
    {
        _builder = builder;
        State = state;
    }

    /// <summary>Takes the services built from the registration, and what builds primitives with them.</summary>
    public void Own(ServiceProvider services, PrimitiveFactory factory) => (_services, Factory) = (services, factory);

    /// <summary>Takes what is offered: the last step of being made, and each change of its own set.</summary>
    public void Offer(PluginPrimitives items) => Items = items;

    /// <summary>Ends when what runs for going live has ended; its clean-up waits for that.</summary>
    public Task GoingLive { get; set; } = Task.CompletedTask;

    /// <summary>Runs what was registered for going live; what is retired already takes nothing any more.</summary>
    public async Task GoLiveAsync()
    {
        foreach (var action in _builder?.LiveActions ?? [])
            if (!Retiring.IsCancellationRequested)
                await action(Retiring);
    }

    /// <summary>Fires <see cref="Retiring"/>.</summary>
    public void StartRetiring() => _retiring.Cancel();

    /// <summary>Fires <see cref="Unloading"/>.</summary>
    public void StartUnloading() => _unloading.Cancel();

    /// <summary>Runs every clean-up, whatever the others throw, and returns what they threw.</summary>
    public async Task<IReadOnlyList<Exception>> DisposeAsync()
    {
        var failures = new List<Exception>();
        // First: what belongs to sessions may lean on what the plugin itself holds.
        foreach (var values in _builder?.SessionValues ?? [])
            await TryAsync(values.EndAsync, failures);
        foreach (var action in _builder?.UnloadActions ?? [])
            await TryAsync(action, failures);
        if (_services is { } services)
            await TryAsync(() => services.DisposeAsync().AsTask(), failures);
        if (_context is { } context)
            failures.AddRange(new ContextPins(context, Main).Release());
        return failures;
    }

    /// <summary>Names of the assemblies that are loaded in its context; empty after its end.</summary>
    public IReadOnlyList<string> LoadedAssemblies => _context is { } context ? [.. context.Assemblies.Select(assembly => assembly.GetName().Name!)] : [];

    /// <summary>Drops every reference to the plugin's types and unloads its context; tells where that can be observed.</summary>
    public WeakReference LetGo()
    {
        var context = Interlocked.Exchange(ref _context, null);
        Items = PluginPrimitives.Empty;
        State = null;
        Factory = null;
        Main = null;
        Json = null;
        _builder = null;
        _services = null;
        GoingLive = Task.CompletedTask;
        var observed = new WeakReference(context, trackResurrection: true);
        context?.Unload();
        return observed;
    }

    static async Task TryAsync(Func<Task> action, List<Exception> failures)
    {
        try
        {
            await action();
        }
        catch (Exception e)
        {
            // A plugin's own clean-up may fail in any way; the rest of the clean-up matters more.
            failures.Add(e);
        }
    }
}
