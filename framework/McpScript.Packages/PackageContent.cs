namespace McpScript.Packages;

/// <summary>A content file in a package.</summary>
/// <param name="Package">The package's id.</param>
/// <param name="Name">Its path relative to the output folder, with slashes.</param>
/// <param name="Path">The absolute path.</param>
sealed record PackageContent(string Package, string Name, string Path);
