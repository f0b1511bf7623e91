namespace McpScript.Management;

/// <summary>An installed package as it is listed.</summary>
/// <param name="Package">Its id, which is the plugin's name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Requested">What was asked for.</param>
/// <param name="Loaded">It is being served; null where nothing is running.</param>
/// <param name="Needs">The packages that it brings along.</param>
sealed record PackageEntry(string Package, string Version, string Requested, bool? Loaded, IReadOnlyList<string> Needs);
