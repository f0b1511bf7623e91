using System.Collections.Immutable;

namespace McpScript.Packages;

/// <summary>How packages are fetched.</summary>
sealed record PackageEngineOptions
{
    /// <summary>The absolute folder that holds packages and what is remembered about them.</summary>
    public required string Folder { get; init; }

    /// <summary>Feeds (URLs) and folders (absolute paths); null for those of the machine's NuGet.config.</summary>
    public ImmutableArray<string>? Sources { get; init; }

    /// <summary>The .NET installation whose SDK does the work; null for the one that runs us.</summary>
    public string? DotnetRoot { get; init; }
}
