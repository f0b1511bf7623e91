using System.Collections.Immutable;

namespace McpScript.Unloading;

/// <summary>A use of .NET or the SDK that is known to keep a load context in memory.</summary>
/// <param name="Type">The full name of the type.</param>
/// <param name="Member">The beginning of the member's name.</param>
/// <param name="Advice">Description of the use, and how to fix it.</param>
/// <param name="Code">The problem code for checks; null for a use that is only suspected after a plugin has stayed in memory.</param>
sealed record UnloadBlocker(string Type, string Member, string Advice, string? Code = null)
{
    /// <summary>Members (<c>type::beginning of name</c>) whose use anywhere in the plugin counts as a fix.</summary>
    public ImmutableArray<string> Cures { get; init; } = [];

    /// <summary>True if <c>using</c> in the same method counts as a fix.</summary>
    public bool CuredByUsing { get; init; }

    /// <summary>True if only a generic method with omitted options keeps the context.</summary>
    public bool WithoutOptions { get; init; }
}
