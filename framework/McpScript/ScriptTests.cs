using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using McpScript.Configuration;
using McpScript.Packages;
using McpScript.Scripting.Scripts;
using McpScript.Scripting.Testing;
using Microsoft.Extensions.Logging;

namespace McpScript;

/// <summary>The test scripts in the plugin folders of a configuration.</summary>
/// <param name="config">Provides the plugin folders, and the packages that scripts can use.</param>
/// <param name="loggers">Creates the log of package restores.</param>
sealed class ScriptTests(McpScriptConfig config, ILoggerFactory loggers)
{
    static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(60);

    /// <summary>Finds the tests of one plugin; null for all tests.</summary>
    public ImmutableArray<ScriptTest> Find(string? plugin = null) =>
        [.. ScriptTest.In(config.PluginDirs).Where(test => plugin is null || string.Equals(test.Plugin.Name, plugin, StringComparison.OrdinalIgnoreCase))];

    /// <summary>Runs tests one after the other, at most 60 seconds each, and returns each result as soon as it is known.</summary>
    public async IAsyncEnumerable<ScriptTestResult> RunAsync(
        IEnumerable<ScriptTest> tests, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var packages = new PackageEngine(PackagesOnDisk.OptionsOf(config, new()), loggers.CreateLogger<PackageEngine>());
        var runner = new ScriptTestRunner(new(packages, config.Packages), TimeLimit, TimeProvider.System);
        foreach (var test in tests)
            yield return await runner.RunAsync(test, cancellationToken);
    }
}
