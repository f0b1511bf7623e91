using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace McpScript.Packages;

/// <summary>Converts the output of a failed restore to problems.</summary>
static partial class RestoreOutput
{
    static readonly string[] Unreachable = ["NU1301", "NU1302", "NU1300"];
    static readonly string[] NotFound = ["NU1100", "NU1101", "NU1102", "NU1103"];

    /// <summary>Returns true if all problems are packages or versions that were not found in the sources.</summary>
    public static bool IsNotFound(PackageException failure) => failure.Problems.All(problem => NotFound.Contains(problem.Code));

    /// <summary>Returns true if a package exists, but not in the requested version.</summary>
    public static bool IsVersionNotFound(PackageProblem problem) => problem.Code is "NU1102" or "NU1103";

    /// <summary>Returns true if a problem is about a package.</summary>
    public static bool Names(PackageProblem problem, string id) => problem.Message.Contains($"package {id} ", StringComparison.OrdinalIgnoreCase);

    /// <summary>Returns the errors, one problem per code.</summary>
    public static ImmutableArray<PackageProblem> Problems(string output)
    {
        var errors = Error().Matches(output)
            .GroupBy(error => error.Groups["code"].Value, error => error.Groups["text"].Value.Trim())
            .Select(error => new PackageProblem($"{string.Join(' ', error.Distinct())}{Cure(error.Key)}", error.Key))
            .ToImmutableArray();
        return errors.Length > 0 ? errors : [new($"The .NET SDK could not restore the packages: {output.Trim()}", PackageProblemCodes.RestoreFailed)];
    }

    static string Cure(string code) => code switch
    {
        _ when Unreachable.Contains(code) =>
            " The package source cannot be reached: check the network, or 'package_sources'. Packages that were fetched before need no network.",
        "NU1004" => " The request does not match the versions that were pinned when the packages were first fetched.",
        _ => "",
    };

    [GeneratedRegex(@"error (?<code>[A-Z]+\d+)\s*: (?<text>.*?)(\s+\[[^\]]*proj\])?\s*$", RegexOptions.Multiline)]
    private static partial Regex Error();
}
