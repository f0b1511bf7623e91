namespace McpScript.Packages;

/// <summary>An assembly in a package.</summary>
/// <param name="Package">The package's id.</param>
/// <param name="Path">Where it is.</param>
/// <param name="IsReferenceOnly">True if it can be compiled against and not loaded.</param>
sealed record PackageAssembly(string Package, string Path, bool IsReferenceOnly);
