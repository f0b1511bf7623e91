using McpScript.Model;

namespace McpScript.Reconcile;

/// <summary>Reloads the configuration when its files have changed.</summary>
interface IConfigurationReload
{
    /// <summary>Files that the configuration is read from.</summary>
    IReadOnlyCollection<string> Files { get; }

    /// <summary>Applies changes that can be applied live; returns the plugins whose settings changed.</summary>
    /// <param name="cancellationToken">Cancels the reload.</param>
    Task<IReadOnlySet<PluginReference>> ReloadAsync(CancellationToken cancellationToken);
}
