using System.Collections.Immutable;

namespace McpScript.Packages;

/// <summary>The exception when packages are not available.</summary>
sealed class PackageException(ImmutableArray<PackageProblem> problems) : Exception(string.Join(' ', problems.Select(problem => problem.Message)))
{
    /// <summary>The reasons; never empty.</summary>
    public ImmutableArray<PackageProblem> Problems { get; } = problems;
}
