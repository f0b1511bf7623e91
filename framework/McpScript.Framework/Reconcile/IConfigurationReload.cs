using McpScript.Model;

namespace McpScript.Reconcile;

/// <summary>Looks at the configuration when the disk has changed.</summary>
interface IConfigurationReload
{
    /// <summary>The files whose change may change it.</summary>
    IReadOnlyCollection<string> Files { get; }

    /// <summary>Applies what changed and can be applied live; returns the plugins whose settings are others now.</summary>
    /// <param name="cancellationToken">Ends the look.</param>
    Task<IReadOnlySet<PluginReference>> LookAsync(CancellationToken cancellationToken);
}
