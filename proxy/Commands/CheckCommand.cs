using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpScript.Checking;
using McpScript.CommandLine;
using McpScript.Configuration;
using McpScript.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpScript.Proxy.Commands;

/// <summary><c>mcp-proxy check [PATHS]</c>: reports all problems of plugins, without serving them.</summary>
sealed class CheckCommand : Command
{
    const int Good = 0, Bad = 1;

    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly Argument<string[]> _paths = new("PATHS")
    {
        Description = "Plugin folders, or single plugins: a script, a DLL, a folder with one of them. By default the plugin folders that would be served.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    readonly Option<bool> _json = new("--json") { Description = "Print the findings as JSON." };
    readonly Option<bool> _strict = new("--strict") { Description = "Treat warnings as errors." };

    public CheckCommand() : base("check", "Compile and register plugins without serving them, and report all problems. The exit code is 1 if there are errors.")
    {
        Arguments.Add(_paths);
        Options.Add(ServerOptions.Config);
        Options.Add(_json);
        Options.Add(_strict);
        SetAction(RunAsync);
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (output, paths) = (Console.Out, CheckedPaths.Parse(parsed.GetValue(_paths) ?? []));
        if (paths.Problem is { } problem)
        {
            Console.Error.WriteLine($"Error: {problem}");
            return CommonOptions.Usage;
        }
        if (CommonOptions.Load(parsed, paths.Folders) is not { } config)
            return CommonOptions.Usage;
        // Output of plugins must not mix with the report, and exceptions on their own threads must not end the check.
        ConsoleCapture.Install(NullLoggerFactory.Instance);
        PluginCrashes.Survive(NullLoggerFactory.Instance);
        var quiet = paths.Apply(config) with { Watch = false, ToolLog = ToolLogDetail.Off };
        await using var server = McpScriptServer.Create(quiet, NullLoggerFactory.Instance);
        var report = await server.Check.RunAsync(paths.IsSelected, paths.IsWholeFolder, cancellationToken);
        Show(report, parsed.GetValue(_json), output);
        return report.Errors > 0 || (parsed.GetValue(_strict) && report.Warnings > 0) ? Bad : Good;
    }

    static void Show(CheckReport report, bool json, TextWriter output)
    {
        if (json)
        {
            output.WriteLine(Json(report).ToJsonString(Indented));
            return;
        }
        foreach (var finding in report.Findings)
            output.WriteLine(finding);
        foreach (var plugin in report.Skipped)
            output.WriteLine($"{plugin}: not checked, because the configuration disables it");
        foreach (var path in report.NotLoaded.Where(path => !path.IsMistake))
            output.WriteLine($"{path.Path}: not loaded. {path.Reason}");
        output.WriteLine($"{Count(report.Plugins.Length, "plugin")} checked: {Count(report.Errors, "error")}, {Count(report.Warnings, "warning")}");
    }

    static JsonObject Json(CheckReport report) => new()
    {
        ["ok"] = report.Errors == 0,
        ["plugins"] = new JsonArray([.. report.Plugins.Select(name => JsonValue.Create(name))]),
        ["skipped"] = new JsonArray([.. report.Skipped.Select(name => JsonValue.Create(name))]),
        ["not_loaded"] = new JsonArray([.. report.NotLoaded.Select(path => new JsonObject { ["path"] = path.Path, ["reason"] = path.Reason })]),
        ["errors"] = report.Errors,
        ["warnings"] = report.Warnings,
        ["findings"] = new JsonArray([.. report.Findings.Select(Json)]),
    };

    static JsonObject Json(CheckFinding finding) => new()
    {
        ["plugin"] = finding.Plugin,
        ["severity"] = finding.Severity == CheckSeverity.Error ? "error" : "warning",
        ["code"] = finding.Problem.Code,
        ["message"] = finding.Problem.Message,
        ["file"] = finding.Problem.File,
        ["line"] = finding.Problem.Line,
        ["column"] = finding.Problem.Column,
        ["source_line"] = finding.Problem.SourceLine,
    };

    static string Count(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";
}
