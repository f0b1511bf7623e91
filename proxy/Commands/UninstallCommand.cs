using System.CommandLine;
using System.Text.Json.Nodes;
using McpScript.Http.Management;
using McpScript.Management;

namespace McpScript.Proxy.Commands;

/// <summary><c>mcp-proxy uninstall ID</c></summary>
sealed class UninstallCommand : PackageCommand
{
    readonly Argument<string> _package = new("ID") { Description = "The package's id." };

    public UninstallCommand() : base("uninstall", "Uninstall a package; a running proxy lets its calls finish and unloads it.") => Arguments.Add(_package);

    /// <inheritdoc/>
    protected override Task<(JsonObject Body, bool Ok)> RequestAsync(ManagementClient proxy, ParseResult parsed, CancellationToken cancellationToken) =>
        proxy.DeleteAsync($"/proxy/packages/{Uri.EscapeDataString(parsed.GetValue(_package)!)}", cancellationToken);

    /// <inheritdoc/>
    protected override async Task<(JsonObject Body, bool Ok)> RunLocalAsync(PackageOperations packages, ParseResult parsed, CancellationToken cancellationToken)
    {
        var change = await packages.UninstallAsync(parsed.GetValue(_package)!, cancellationToken);
        return (PackageBodies.Of(change), change.Ok);
    }

    /// <inheritdoc/>
    protected override void Show(JsonObject body, ParseResult parsed) => Console.WriteLine(Line(body));
}
