namespace McpScript.Packages;

/// <summary>An assembly in a package.</summary>
/// <param name="Package">The package's id.</param>
/// <param name="Path">The absolute path.</param>
/// <param name="IsReferenceOnly">True if it is for compilation only, and must not be loaded.</param>
sealed record PackageAssembly(string Package, string Path, bool IsReferenceOnly);
