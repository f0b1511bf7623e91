using System.CommandLine;
using System.Text.Json.Nodes;
using McpScript.Http.Management;
using McpScript.Management;

namespace McpScript.Proxy.Commands;

/// <summary><c>mcp-proxy install ID[@version]</c></summary>
sealed class InstallCommand : PackageCommand
{
    readonly Argument<string> _package = new("ID[@VERSION]")
    {
        Description = "The package's id; after an @ a version (1.2.3), a floating one (1.*) or a range ([1.0,2.0)).",
    };

    readonly Option<bool> _prerelease = new("--prerelease") { Description = "Include prerelease versions." };

    public InstallCommand() : base("install", "Install a plugin that is a NuGet package; a running proxy serves it at once.")
    {
        Arguments.Add(_package);
        Options.Add(Source);
        Options.Add(_prerelease);
    }

    /// <summary><c>--source</c></summary>
    internal static Option<string[]> Source { get; } = new("--source", "-s")
    {
        Description = "A folder or feed that is searched before the configured sources; may be given several times.", HelpName = "DIR_OR_FEED",
    };

    /// <inheritdoc/>
    protected override string? Progress(ParseResult parsed) => $"Installing {parsed.GetValue(_package)} …";

    /// <inheritdoc/>
    protected override Task<(JsonObject Body, bool Ok)> RequestAsync(ManagementClient proxy, ParseResult parsed, CancellationToken cancellationToken) =>
        proxy.PostAsync("/proxy/packages", new JsonObject
        {
            ["package"] = parsed.GetValue(_package),
            ["sources"] = new JsonArray([.. Sources(parsed).Select(source => JsonValue.Create(source))]),
            ["prerelease"] = parsed.GetValue(_prerelease),
        }, cancellationToken);

    /// <inheritdoc/>
    protected override async Task<(JsonObject Body, bool Ok)> RunLocalAsync(PackageOperations packages, ParseResult parsed, CancellationToken cancellationToken)
    {
        var change = await packages.InstallAsync(parsed.GetValue(_package)!, Sources(parsed), parsed.GetValue(_prerelease), cancellationToken);
        return (PackageBodies.Of(change), change.Ok);
    }

    /// <inheritdoc/>
    protected override void Show(JsonObject body, ParseResult parsed) => Console.WriteLine(Line(body));

    /// <summary>Returns the sources of the command line; folders as absolute paths, because the proxy may run in another folder.</summary>
    internal static IReadOnlyList<string> Sources(ParseResult parsed) =>
        [.. (parsed.GetValue(Source) ?? []).Select(source => source.Contains("://", StringComparison.Ordinal) ? source : Path.GetFullPath(source))];
}
