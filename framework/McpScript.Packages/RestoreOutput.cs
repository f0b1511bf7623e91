using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace McpScript.Packages;

/// <summary>Makes problems of what a failed restore printed.</summary>
static partial class RestoreOutput
{
    static readonly string[] Unreachable = ["NU1301", "NU1302", "NU1300"];
    static readonly string[] NotFound = ["NU1100", "NU1101", "NU1102", "NU1103"];

    /// <summary>True if all that is wrong is that something was not found where it was looked for.</summary>
    public static bool IsNotFound(PackageException failure) => failure.Problems.All(problem => NotFound.Contains(problem.Code));

    /// <summary>True if a package is there, and not in the version that was asked for.</summary>
    public static bool IsVersionNotFound(PackageProblem problem) => problem.Code is "NU1102" or "NU1103";

    /// <summary>True if a problem is about a package.</summary>
    public static bool Names(PackageProblem problem, string id) => problem.Message.Contains($"package {id} ", StringComparison.OrdinalIgnoreCase);

    /// <summary>Its errors, each code once.</summary>
    public static ImmutableArray<PackageProblem> Problems(string output)
    {
        var errors = Error().Matches(output)
            .GroupBy(error => error.Groups["code"].Value, error => error.Groups["text"].Value.Trim())
            .Select(error => new PackageProblem($"{string.Join(' ', error.Distinct())}{Cure(error.Key)}", error.Key))
            .ToImmutableArray();
        return errors.Length > 0 ? errors : [new($"The .NET SDK could not restore the packages: {output.Trim()}", PackageProblemCodes.RestoreFailed)];
    }

    static string Cure(string code) =>
        Unreachable.Contains(code) ? " The package source cannot be reached: check the network, or 'package_sources'. Packages that were fetched before need no network."
        : code == "NU1004" ? " What was asked for does not fit what was pinned when it was first fetched."
        : "";

    [GeneratedRegex(@"error (?<code>[A-Z]+\d+)\s*: (?<text>.*?)(\s+\[[^\]]*proj\])?\s*$", RegexOptions.Multiline)]
    private static partial Regex Error();
}
