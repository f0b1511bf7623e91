using System.Collections.Concurrent;
using System.Collections.Immutable;
using McpScript.Model;
using McpScript.Sources;

namespace McpScript.Core.Tests.Registry;

/// <summary>Plugins that a test puts in place, in the order of their names.</summary>
sealed class CodeSource : IPluginSource
{
    readonly ConcurrentDictionary<string, Func<AssemblyImage>> _images = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Puts a plugin in place that registers as the action says.</summary>
    public void Put(string name, Action<IPluginBuilder> register)
    {
        var image = TestPlugin.Image(name) with { Assembly = PluginCode.Compile(register) };
        _images[name] = () => image;
    }

    /// <summary>Puts a plugin in place that does not compile.</summary>
    public void PutBroken(string name, string problem = "error CS1002: ; expected") => _images[name] = () =>
        throw new PluginLoadException(new(name), PluginStage.Compile, [new(problem)]) { Files = TestPlugin.Image(name).Files };

    /// <summary>Puts a plugin in place whose image cannot be had for a reason that is not the plugin's.</summary>
    public void PutUnreadable(string name) => _images[name] = () => throw new IOException("the disk is gone");

    /// <summary>Takes a plugin away.</summary>
    public void Remove(string name) => _images.TryRemove(name, out _);

    /// <inheritdoc/>
    public SourceFindings Find(ImmutableArray<FolderListing> folders) =>
        new([.. _images.Keys.Order(StringComparer.OrdinalIgnoreCase).Select(name => TestPlugin.Location(name))]);

    /// <inheritdoc/>
    public async ValueTask<PluginImage> GetAsync(PluginLocation location, CancellationToken cancellationToken)
    {
        await Task.Yield();
        return _images[location.Reference.Name]();
    }
}
