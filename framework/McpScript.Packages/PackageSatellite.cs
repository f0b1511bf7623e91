namespace McpScript.Packages;

/// <summary>A satellite assembly in a package.</summary>
/// <param name="Culture">Name of its culture.</param>
/// <param name="Path">Where it is.</param>
sealed record PackageSatellite(string Culture, string Path);
