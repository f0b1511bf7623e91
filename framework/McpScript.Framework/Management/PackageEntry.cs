namespace McpScript.Management;

/// <summary>An installed package in a list.</summary>
/// <param name="Package">The package's id, which is the plugin's name.</param>
/// <param name="Version">The installed version.</param>
/// <param name="Requested">The requested version or range.</param>
/// <param name="Loaded">True if the plugin is served; null without a running proxy.</param>
/// <param name="Needs">The packages that it depends on.</param>
sealed record PackageEntry(string Package, string Version, string Requested, bool? Loaded, IReadOnlyList<string> Needs);
