namespace McpScript.Packages;

/// <summary>An assembly of source generators or analyzers in a package, as NuGet lays them out: <c>analyzers/dotnet/[roslynX.Y/][cs/]NAME.dll</c>.</summary>
/// <param name="Package">The package's id.</param>
/// <param name="Version">The package's version.</param>
/// <param name="Name">Its path in the package, with slashes.</param>
/// <param name="Path">Its absolute path.</param>
sealed record PackageGenerator(string Package, string Version, string Name, string Path);
