using System.Text.RegularExpressions;
using McpScript.Testing;
using McpScript.Testing.Processes;
using McpScript.Testing.Suites;

namespace McpScript.Specs.Protocol;

/// <summary>The official suite against the real program, with the suite's fixtures written as scripts.</summary>
public partial class ConformanceSpecs
{
    const string Suite = "node_modules/@modelcontextprotocol/conformance/dist/index.js";

    // The tasks extension (SEP-2663): its package cannot be had, and it is never scored.
    const string NotBuilt = "tasks-";

    [SuiteTheory(SlowSuites.Peers)]
    [InlineData("2025-11-25", 33)]
    [InlineData("2026-07-28", 40)]
    public async Task Every_scenario_of_a_revision_passes(string revision, int scenarios)
    {
        using var site = await FixturesAsync();
        await using var proxy = await ProxyProcess.StartReadyAsync(site, "serve", "--http", "0");
        await CheckAsync(site, proxy, revision, scenarios);
    }

    [SuiteTheory(SlowSuites.Peers)]
    [InlineData("2025-11-25", 33)]
    [InlineData("2026-07-28", 40)]
    public async Task Every_scenario_passes_while_a_fixture_is_saved_once_a_second(string revision, int scenarios)
    {
        using var site = await FixturesAsync();
        await using var proxy = await ProxyProcess.StartReadyAsync(site, "serve", "--watch", "--http", "0");
        using var over = new CancellationTokenSource();
        var saving = SaveOnceASecondAsync(site, over.Token);
        await CheckAsync(site, proxy, revision, scenarios);
        await over.CancelAsync();
        Assert.InRange(await saving, 1, int.MaxValue);
        // At least one of them has arrived, or this spec would say no more than the one above.
        await proxy.Errors.WaitForAsync(line => line.Contains("Plugin 'content' reloaded"), "reloading the fixture");
    }

    static async Task CheckAsync(ProxySite site, ProxyProcess proxy, string revision, int scenarios)
    {
        var url = (await proxy.ReadyAsync()).Mcp!;
        var (code, output, errors) = await NodePackages.Conformance.RunWithOwnNodeAsync(
            Suite, ["server", "--url", url.ToString(), "--requirements", revision, "-o", site["results"]], WaitLimits.Tool);
        var outcomes = Outcome().Matches(output).Select(match => (Scenario: match.Groups["scenario"].Value, Passed: match.Groups["mark"].Value == "✓"))
            .Distinct().ToList();
        var failed = outcomes.Where(outcome => !outcome.Passed && !outcome.Scenario.StartsWith(NotBuilt, StringComparison.Ordinal))
            .Select(outcome => outcome.Scenario);
        Assert.True(code == 0 && !failed.Any(), $"{revision} ended with {code}. Failed: {string.Join(", ", failed)}\n{output}{errors}");
        Assert.Equal(scenarios, outcomes.Count(outcome => !outcome.Scenario.StartsWith(NotBuilt, StringComparison.Ordinal)));
    }

    static async Task<int> SaveOnceASecondAsync(ProxySite site, CancellationToken over)
    {
        using var second = new PeriodicTimer(TimeSpan.FromSeconds(1));
        var text = File.ReadAllText(site["plugins/content.csx"]);
        var saves = 0;
        try
        {
            while (await second.WaitForNextTickAsync(over))
                site.Save("content.csx", $"// Saved {++saves} times.\n{text}");
        }
        catch (OperationCanceledException)
        {
            // The suite is through.
        }
        return saves;
    }

    static async Task<ProxySite> FixturesAsync()
    {
        if (await NodePackages.Conformance.MissingAsync() is { } reason)
            Assert.Skip(reason);
        var site = new ProxySite();
        foreach (var fixture in Directory.GetFiles(Path.Combine(BuiltProgram.Checkout, "tests", "plugins", "conformance"), "*.csx"))
            site.Save(Path.GetFileName(fixture), File.ReadAllText(fixture));
        return site;
    }

    // "✓ ping: 2 passed, 0 failed"
    [GeneratedRegex(@"^(?<mark>[✓✗]) (?<scenario>[a-z0-9-]+): \d+ passed", RegexOptions.Multiline)]
    private static partial Regex Outcome();
}
