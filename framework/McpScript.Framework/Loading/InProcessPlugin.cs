using System.Reflection;
using McpScript.Loading.Primitives;
using McpScript.Model;
using Microsoft.Extensions.DependencyInjection;

namespace McpScript.Loading;

/// <summary>A plugin whose code runs in this process, in a collectible load context of its own.</summary>
/// <remarks>After <see cref="Release"/> it holds no plugin type, so references to it do not keep the load context in memory.</remarks>
sealed class InProcessPlugin : Plugin
{
    readonly IGenerationTracker _generations;
    PluginLoadContext? _context;
    ServiceProvider? _services;
    PluginBuilder? _builder;
    PluginState.View? _state;
    Assembly? _main;

    /// <param name="image">The plugin's code.</param>
    /// <param name="settings">The plugin's settings.</param>
    /// <param name="generation">Number of the attempt to load this name.</param>
    /// <param name="context">The load context.</param>
    /// <param name="generations">Verifies at the end that the context is collected.</param>
    /// <param name="time">The clock.</param>
    public InProcessPlugin(
        AssemblyImage image, PluginSettings settings, int generation, PluginLoadContext context, IGenerationTracker generations, TimeProvider time)
        : base(image.Location, generation, [.. image.Files, .. settings.Files], time) =>
        (Image, _context, _generations) = (image, context, generations);

    /// <summary>The code that the plugin was created from.</summary>
    public AssemblyImage Image { get; }

    /// <summary>Builds the plugin's primitives; null before its registration and after its release.</summary>
    public PrimitiveFactory? Factory { get; private set; }

    /// <inheritdoc/>
    public override IReadOnlyList<PreCallValidator> Validators => _builder?.Validators ?? [];

    /// <inheritdoc/>
    public override AsyncServiceScope CreateScope() => (_services ?? throw new ObjectDisposedException(Reference.Name)).CreateAsyncScope();

    /// <summary>Takes ownership of the registration, whose clean-up actions run on disposal even if the registration fails.</summary>
    public void Own(PluginBuilder builder, PluginState.View state) => (_builder, _state) = (builder, state);

    /// <summary>Takes ownership of the services built from the registration, and of the factory that builds primitives with them.</summary>
    /// <param name="services">The services.</param>
    /// <param name="factory">The factory.</param>
    /// <param name="loading">Time that loading the code took.</param>
    public void Own(ServiceProvider services, PrimitiveFactory factory, TimeSpan loading) => (_services, Factory, Loading) = (services, factory, loading);

    /// <summary>Loads the plugin's own assembly into its context.</summary>
    public Assembly LoadMain() => _main = (_context ?? throw new ObjectDisposedException(Reference.Name)).LoadMain();

    /// <inheritdoc/>
    public override void Commit() => _state?.Commit();

    /// <inheritdoc/>
    public override bool HasLiveActions => _builder is { LiveActions.Count: > 0 };

    /// <inheritdoc/>
    public override async Task ActivateAsync()
    {
        foreach (var action in _builder?.LiveActions ?? [])
            if (!Retiring.IsCancellationRequested)
                await action(Retiring);
    }

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<Exception>> DisposeAsync()
    {
        var failures = new List<Exception>();
        // First, because values of sessions may use what the plugin itself holds.
        foreach (var values in _builder?.SessionValues ?? [])
            await TryAsync(values.EndAsync, failures);
        foreach (var action in _builder?.UnloadActions ?? [])
            await TryAsync(action, failures);
        if (_services is { } services)
            await TryAsync(() => services.DisposeAsync().AsTask(), failures);
        if (_context is { } context)
            failures.AddRange(new ContextPins(context, _main).Release());
        return failures;
    }

    /// <inheritdoc/>
    public override void Release()
    {
        if (Interlocked.Exchange(ref _context, null) is not { } context)
            return;
        // Read before the unload: the context does not list them afterwards.
        string[] loaded = [.. context.Assemblies.Select(assembly => assembly.GetName().Name!)];
        var unloaded = new UnloadedGeneration(
            Reference.Name, Generation, new(context, trackResurrection: true), Image, loaded, IsStillLive: !Activation.IsCompleted);
        (Factory, _state, _builder, _services, _main) = (null, null, null, null, null);
        base.Release();
        context.Unload();
        _generations.Verify(unloaded);
    }

    static async Task TryAsync(Func<Task> action, List<Exception> failures)
    {
        try
        {
            await action();
        }
        catch (Exception e)
        {
            // A plugin's clean-up may throw anything; the remaining clean-up steps run all the same.
            failures.Add(e);
        }
    }
}
