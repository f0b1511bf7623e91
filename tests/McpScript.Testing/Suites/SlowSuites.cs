namespace McpScript.Testing.Suites;

/// <summary>The slow test suites, which <c>dotnet test</c> skips with a reason and <c>.ci/run</c> runs.</summary>
/// <remarks>
/// <c>MCPSCRIPT_SUITES</c> turns suites on: names separated by commas, or <c>all</c>. Each test of a suite carries the trait <c>Category</c> with the suite's
/// name, so that <c>MCPSCRIPT_SUITES=peers dotnet test --filter Category=peers</c> runs one suite alone, and the trait <c>Speed=slow</c>.
/// </remarks>
public static class SlowSuites
{
    /// <summary>Name of the environment variable that turns suites on.</summary>
    public const string Variable = "MCPSCRIPT_SUITES";

    /// <summary>Third-party tests: the official conformance suite, clients and servers from npm.</summary>
    public const string Peers = "peers";

    /// <summary>Plugins that use large libraries from NuGet.</summary>
    public const string Libraries = "libraries";

    /// <summary>The programs around the proxy, started as users start them: factory, samples, launch scripts, packed tools, the package commands.</summary>
    public const string Tools = "tools";

    /// <summary>NuGet packages as plugins and of scripts: each test runs <c>dotnet restore</c>, most more than once.</summary>
    public const string Packages = "packages";

    static readonly HashSet<string> On = new(
        (Environment.GetEnvironmentVariable(Variable) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns the traits of a suite's tests, for <c>dotnet test --filter</c>.</summary>
    /// <param name="suite">The suite's name.</param>
    public static IReadOnlyCollection<KeyValuePair<string, string>> TraitsOf(string suite) => [new("Category", suite), new("Speed", "slow")];

    /// <summary>Returns why a suite's tests are skipped; null if the suite is on.</summary>
    /// <param name="suite">The suite's name.</param>
    public static string? ReasonToSkip(string suite) =>
        On.Contains(suite) || On.Contains("all") ? null : $"SLOW SUITE '{suite}': set {Variable}={suite} to run it; .ci/run does.";
}
