using McpScript.Model;

namespace McpScript.Catalogs;

/// <summary>A name that a plugin uses and cannot have.</summary>
/// <param name="Kind"><c>tool</c>, <c>prompt</c>, <c>resource</c>, <c>resource template</c>, <c>command</c> or <c>prefix</c>.</param>
/// <param name="Id">The name, URI or template.</param>
/// <param name="Loser">The plugin that cannot have it.</param>
/// <param name="Owner">The plugin that has it; null if it is reserved for the host.</param>
sealed record Collision(string Kind, string Id, Plugin Loser, Plugin? Owner)
{
    /// <summary>The kind of a collision of prefixes.</summary>
    public const string Prefix = "prefix";

    /// <summary>Describes the collision as a problem of the loser.</summary>
    public PluginProblem ToProblem() => Owner is null
        ? new($"The {Kind} name '{Id}' is reserved for the host. Give it another name.", "MCS0006", Loser.Location.Path)
        : Kind == Prefix
        ? new(
            $"The tools of a package begin with the last part of its id, and '{Id}' is already the prefix of plugin '{Owner.Reference}'. "
            + $"Set plugins.{Loser.Reference}.prefix to another text, or to false for none.", "MCS0014", Loser.Location.Path)
        : new(
            $"The {Kind} '{Id}' is already offered by plugin '{Owner.Reference}'. Rename one of them, or unload '{Owner.Reference}'.", "MCS0005",
            Loser.Location.Path);
}
