using System.CommandLine;
using McpScript.CommandLine;
using McpScript.Scripting.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpScript.Proxy.Commands;

/// <summary><c>mcp-proxy test [NAME]</c>: runs the test scripts of plugins.</summary>
sealed class TestCommand : Command
{
    const int Passed = 0, Failed = 1;

    readonly Argument<string?> _plugin = new("NAME") { Description = "The plugin; by default all plugins.", Arity = ArgumentArity.ZeroOrOne };

    public TestCommand() : base("test", "Run the test scripts (*.test.csx) of plugins; needs no SDK.")
    {
        Arguments.Add(_plugin);
        Options.Add(ServerOptions.Config);
        Options.Add(ServerOptions.PluginDirs);
        SetAction(RunAsync);
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (CommonOptions.Load(parsed) is not { } config)
            return CommonOptions.Usage;
        var tests = new ScriptTests(config, NullLoggerFactory.Instance);
        var found = tests.Find(parsed.GetValue(_plugin));
        if (found.IsEmpty)
        {
            var ofPlugin = parsed.GetValue(_plugin) is { } plugin ? $" of '{plugin}'" : "";
            var folders = config.PluginDirs.IsEmpty ? "./plugins or ./scripts-plugins" : string.Join(", ", config.PluginDirs);
            Console.Error.WriteLine($"Error: there is no test{ofPlugin} in {folders}. A test is a file NAME.test.csx beside the plugin's scripts.");
            return Failed;
        }
        var (assertions, failures) = (0, 0);
        await foreach (var result in tests.RunAsync(found, cancellationToken))
        {
            Show(result);
            assertions += result.Assertions;
            failures += result.Failures.Length;
        }
        Console.WriteLine($"{Count(found.Length, "test script")}, {Count(assertions, "assertion")}, {failures} failed");
        return failures == 0 ? Passed : Failed;
    }

    static void Show(ScriptTestResult result)
    {
        Console.WriteLine($"{(result.Ok ? "ok    " : "FAILED")} {result.Test.Shown}");
        foreach (var failure in result.Failures)
            Console.WriteLine($"  {Place(failure)}{failure.Message}");
    }

    static string Place(ScriptTestFailure failure) =>
        failure.File is null ? "" : failure.Line is null ? $"{failure.File}: " : $"{failure.File}({failure.Line}): ";

    static string Count(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";
}
