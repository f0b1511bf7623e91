using System.Collections.Immutable;

namespace McpScript.Packages;

/// <summary>Options for fetching packages.</summary>
sealed record PackageEngineOptions
{
    /// <summary>The absolute path of the folder for packages and cached graphs.</summary>
    public required string Folder { get; init; }

    /// <summary>Feeds (URLs) and folders (absolute paths); null for the sources of the machine's NuGet.config.</summary>
    public ImmutableArray<string>? Sources { get; init; }

    /// <summary>The .NET installation with the SDK; null for the one that runs this process.</summary>
    public string? DotnetRoot { get; init; }
}
