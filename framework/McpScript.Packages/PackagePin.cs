namespace McpScript.Packages;

/// <summary>One package of a graph, identified by its content.</summary>
/// <param name="Id">The id, as the package spells it.</param>
/// <param name="Version">The version.</param>
/// <param name="Sha256">The hash of its list of files with their hashes, in hexadecimal.</param>
sealed record PackagePin(string Id, string Version, string Sha256)
{
    /// <summary>Returns true if it is the package with an id, ignoring case.</summary>
    public bool Is(string id) => string.Equals(Id, id, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override string ToString() => $"{Id} {Version}";
}
