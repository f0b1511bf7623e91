using System.Collections.Concurrent;
using System.Collections.Immutable;
using McpScript.Model;
using McpScript.Sources;
using Microsoft.Extensions.DependencyInjection;

namespace McpScript.Core.Tests.Registry;

/// <summary>A plugin that does not run in a load context, as one behind a connection would not. Records its steps.</summary>
sealed class OtherPlugin(PluginLocation location, int generation, ConcurrentQueue<string> steps, TimeProvider time) : Plugin(location, generation, [], time)
{
    static readonly ServiceProvider None = new ServiceCollection().BuildServiceProvider();

    /// <inheritdoc/>
    public override AsyncServiceScope CreateScope() => None.CreateAsyncScope();

    /// <inheritdoc/>
    public override void Commit() => Record("commit");

    /// <inheritdoc/>
    public override bool HasLiveActions => true;

    /// <inheritdoc/>
    public override Task ActivateAsync()
    {
        Record("live");
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task<IReadOnlyList<Exception>> DisposeAsync()
    {
        Record("dispose");
        return Task.FromResult<IReadOnlyList<Exception>>([]);
    }

    /// <inheritdoc/>
    public override void Release()
    {
        base.Release();
        Record("release");
    }

    void Record(string step) => steps.Enqueue($"{step} {Generation}");
}

/// <summary>The image of an <see cref="OtherPlugin"/>: names of tools.</summary>
sealed record OtherImage(ImmutableArray<string> Tools) : PluginImage;

/// <summary>Finds and loads one <see cref="OtherPlugin"/>.</summary>
sealed class OtherLoader(TimeProvider time) : IPluginSource, IPluginLoader
{
    int _generation;

    /// <summary>Names of the tools that its next generation offers.</summary>
    public ImmutableArray<string> Tools { get; set; } = [];

    /// <summary>Steps of all generations.</summary>
    public ConcurrentQueue<string> Steps { get; } = [];

    /// <inheritdoc/>
    public SourceFindings Find(ImmutableArray<FolderListing> folders) => new([TestPlugin.Location("remote", "mcp server")]);

    /// <inheritdoc/>
    public ValueTask<PluginImage> GetAsync(PluginLocation location, CancellationToken cancellationToken) =>
        new(new OtherImage(Tools) { Location = location, Files = [] });

    /// <inheritdoc/>
    public Task<Plugin> LoadAsync(PluginImage image, CancellationToken cancellationToken)
    {
        var plugin = new OtherPlugin(image.Location, ++_generation, Steps, time);
        plugin.SetPrimitives(PluginPrimitives.Empty with { Tools = [.. ((OtherImage)image).Tools.Select(tool => TestPlugin.Tool(tool))] });
        return Task.FromResult<Plugin>(plugin);
    }

    /// <inheritdoc/>
    public void Forget(PluginReference reference) => Steps.Enqueue("forget");
}
