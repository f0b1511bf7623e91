using System.Collections.Immutable;
using McpScript.Model;
using McpScript.Sources;

namespace McpScript.Core.Tests.Registry;

/// <summary>A source that finds plugins and cannot read any of them.</summary>
/// <param name="failure">The exception that reading a plugin throws.</param>
/// <param name="names">The plugins; null for a disk that cannot be listed.</param>
sealed class BrokenSource(Exception failure, params string[]? names) : IPluginSource, IPluginSettingsSource
{
    /// <inheritdoc/>
    public SourceFindings Find(ImmutableArray<FolderListing> folders) =>
        new([.. (names ?? throw new IOException("The disk is gone.")).Select(name => TestPlugin.Location(name))]);

    /// <inheritdoc/>
    public ValueTask<PluginImage> GetAsync(PluginLocation location, CancellationToken cancellationToken) => throw failure;

    /// <inheritdoc/>
    public PluginSettings Read(PluginReference reference) => PluginSettings.None;

    /// <inheritdoc/>
    public bool IsEnabled(PluginReference reference) => reference.Name != "off";
}
