using McpScript.Model;
using McpScript.Reconcile;
using McpScript.Registry;

namespace McpScript;

/// <summary>
/// A look at the configuration, after which those plugins are tried again that could not be loaded because a group was missing which guards their tools.
/// </summary>
sealed class GateGroupReload(LiveConfiguration configuration, PluginRegistry registry) : IConfigurationReload
{
    /// <inheritdoc/>
    public IReadOnlyCollection<string> Files => configuration.Files;

    /// <inheritdoc/>
    public async Task<IReadOnlySet<PluginReference>> LookAsync(CancellationToken cancellationToken)
    {
        var before = configuration.Current;
        var plugins = await configuration.LookAsync(cancellationToken);
        return ReferenceEquals(before, configuration.Current) ? plugins : plugins.Union(Unguarded()).ToHashSet();
    }

    IEnumerable<PluginReference> Unguarded() =>
        registry.Failures.Where(failure => failure.Problems.Any(problem => problem.Code == GuardException.ProblemCode)).Select(failure => new PluginReference(failure.Name));
}
