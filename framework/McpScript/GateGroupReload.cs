using McpScript.Model;
using McpScript.Reconcile;
using McpScript.Registry;

namespace McpScript;

/// <summary>
/// Reloads the configuration, and then retries the plugins that could not be loaded because a gate group that guards their tools was missing.
/// </summary>
sealed class GateGroupReload(LiveConfiguration configuration, PluginRegistry registry) : IConfigurationReload
{
    /// <inheritdoc/>
    public IReadOnlyCollection<string> Files => configuration.Files;

    /// <inheritdoc/>
    public async Task<IReadOnlySet<PluginReference>> ReloadAsync(CancellationToken cancellationToken)
    {
        var before = configuration.Current;
        var plugins = await configuration.ReloadAsync(cancellationToken);
        return ReferenceEquals(before, configuration.Current) ? plugins : plugins.Union(Unguarded()).ToHashSet();
    }

    IEnumerable<PluginReference> Unguarded() =>
        registry.Failures.Where(failure => failure.Problems.Any(problem => problem.Code == GuardException.ProblemCode)).Select(failure => failure.Reference);
}
