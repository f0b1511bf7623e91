using McpScript.Model;

namespace McpScript.Loading.Primitives;

/// <summary>One change of a running plugin's items, while the plugin describes it.</summary>
/// <param name="before">The plugin's items when the change was begun.</param>
/// <param name="prefix">Prefix of its tool names; null for none.</param>
sealed class PluginUpdate(PluginPrimitives before, string? prefix) : Registrations, IPluginUpdate
{
    readonly HashSet<string> _removed = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public bool Remove(string nameOrUri) =>
        // The author need not know the prefix that the operator configured.
        before.Has(nameOrUri) ? _removed.Add(nameOrUri) : prefix is not null && before.Has($"{prefix}_{nameOrUri}") && _removed.Add($"{prefix}_{nameOrUri}");

    /// <summary>Builds the plugin's items after the change.</summary>
    /// <param name="current">The items now; they differ from the earlier ones if another change was applied in between.</param>
    /// <param name="factory">Builds the added items.</param>
    /// <exception cref="InvalidOperationException">An item cannot be offered.</exception>
    public PluginPrimitives Build(PluginPrimitives current, PrimitiveFactory factory)
    {
        var problems = new List<PluginProblem>();
        var added = new PrimitiveBuilder(factory, problems).Build(this, PluginPrimitives.Empty);
        return problems.Count == 0
            ? current.Without(_removed).With(added)
            : throw new InvalidOperationException(string.Join(" ", problems.Select(problem => problem.Message)));
    }
}
