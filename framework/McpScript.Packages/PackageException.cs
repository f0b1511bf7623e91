using System.Collections.Immutable;

namespace McpScript.Packages;

/// <summary>Packages cannot be had.</summary>
sealed class PackageException(ImmutableArray<PackageProblem> problems) : Exception(string.Join(' ', problems.Select(problem => problem.Message)))
{
    /// <summary>Why; never empty.</summary>
    public ImmutableArray<PackageProblem> Problems { get; } = problems;
}
