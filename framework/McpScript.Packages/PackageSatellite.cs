namespace McpScript.Packages;

/// <summary>A satellite assembly in a package.</summary>
/// <param name="Culture">The name of the culture.</param>
/// <param name="Path">The absolute path.</param>
sealed record PackageSatellite(string Culture, string Path);
