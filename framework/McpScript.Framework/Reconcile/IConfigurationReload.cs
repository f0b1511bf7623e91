using McpScript.Model;

namespace McpScript.Reconcile;

/// <summary>Reloads the configuration when its files have changed.</summary>
interface IConfigurationReload
{
    /// <summary>Files whose change may change it.</summary>
    IReadOnlyCollection<string> Files { get; }

    /// <summary>Applies what changed and can be applied live; returns the plugins whose settings changed.</summary>
    /// <param name="cancellationToken">Ends the reload.</param>
    Task<IReadOnlySet<PluginReference>> ReloadAsync(CancellationToken cancellationToken);
}
