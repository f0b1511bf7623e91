using System.CommandLine;
using System.Text.Json.Nodes;
using McpScript.Http.Management;
using McpScript.Management;

namespace McpScript.Proxy.Commands;

/// <summary><c>mcp-proxy packages</c>: the installed packages.</summary>
sealed class PackagesCommand() : PackageCommand("packages", "List the packages that are installed as plugins.")
{
    /// <inheritdoc/>
    protected override Task<(JsonObject Body, bool Ok)> RequestAsync(ManagementClient proxy, ParseResult parsed, CancellationToken cancellationToken) =>
        proxy.GetAsync("/proxy/packages", cancellationToken);

    /// <inheritdoc/>
    protected override Task<(JsonObject Body, bool Ok)> RunLocalAsync(PackageOperations packages, ParseResult parsed, CancellationToken cancellationToken) =>
        Task.FromResult((PackageBodies.Of(packages.Packages), true));

    /// <inheritdoc/>
    protected override void Show(JsonObject body, ParseResult parsed)
    {
        var packages = (JsonArray)body["packages"]!;
        if (packages.Count == 0)
            Console.WriteLine("(no packages installed)");
        else if (IsTerminal)
            Table(["Package", "Version", "Requested", "State", "Needs"], packages.Select(package => new[]
            {
                $"{package!["package"]}", $"{package["version"]}", $"{package["requested"]}", State(package), string.Join(", ", Texts(package["needs"])),
            }));
        else
            foreach (var package in packages)
                Console.WriteLine($"  {package!["package"]} {package["version"]}{(State(package) is { Length: > 0 } state ? $" ({state})" : "")}");
    }

    static string State(JsonNode package) => package["loaded"]?.GetValue<bool>() switch { true => "loaded", false => "not loaded", null => "" };
}
