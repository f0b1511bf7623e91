using System.Collections.Immutable;

namespace McpScript.Unloading;

/// <summary>A use of .NET or the SDK that is known to keep a load context alive.</summary>
/// <param name="Type">The type that is used.</param>
/// <param name="Member">What the name of the member begins with.</param>
/// <param name="Advice">What it is, and the cure.</param>
/// <param name="Code">The code under which a check tells of it; null for what is no more than a suspicion, when something has already stayed.</param>
sealed record UnloadBlocker(string Type, string Member, string Advice, string? Code = null)
{
    /// <summary>Members (<c>type::beginning of name</c>) whose use anywhere in the plugin is taken as the cure.</summary>
    public ImmutableArray<string> Cures { get; init; } = [];

    /// <summary>True if <c>using</c> in the same method is a cure.</summary>
    public bool CuredByUsing { get; init; }

    /// <summary>True if it only pins as a generic method whose options are left out.</summary>
    public bool WithoutOptions { get; init; }
}
