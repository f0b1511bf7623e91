namespace McpScript.Packages;

/// <summary>One package of a graph, exact down to its content.</summary>
/// <param name="Id">Its id, as it spells itself.</param>
/// <param name="Version">Its version.</param>
/// <param name="Sha256">The hash of its list of files, and so of all of them, in hex.</param>
sealed record PackagePin(string Id, string Version, string Sha256)
{
    /// <summary>True if it is the package of that id, in whatever case.</summary>
    public bool Is(string id) => string.Equals(Id, id, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override string ToString() => $"{Id} {Version}";
}
