using System.CommandLine;
using System.Text.Json.Nodes;
using McpScript.Http.Management;
using McpScript.Management;

namespace McpScript.Proxy.Commands;

/// <summary><c>mcp-proxy update [ID]</c></summary>
sealed class UpdateCommand : PackageCommand
{
    readonly Argument<string?> _package = new("ID") { Description = "The package's id; without one, all packages.", Arity = ArgumentArity.ZeroOrOne };

    public UpdateCommand() : base("update", "Update a package, or all packages, to the newest version allowed; a running proxy reloads it.")
    {
        Arguments.Add(_package);
        Options.Add(InstallCommand.Source);
    }

    /// <inheritdoc/>
    protected override string? Progress(ParseResult parsed) => $"Updating {parsed.GetValue(_package) ?? "all packages"} …";

    /// <inheritdoc/>
    protected override Task<(JsonObject Body, bool Ok)> RequestAsync(ManagementClient proxy, ParseResult parsed, CancellationToken cancellationToken) =>
        proxy.PostAsync("/proxy/packages/update", new JsonObject
        {
            ["package"] = parsed.GetValue(_package),
            ["sources"] = new JsonArray([.. InstallCommand.Sources(parsed).Select(source => JsonValue.Create(source))]),
        }, cancellationToken);

    /// <inheritdoc/>
    protected override async Task<(JsonObject Body, bool Ok)> RunLocalAsync(PackageOperations packages, ParseResult parsed, CancellationToken cancellationToken)
    {
        var changes = await packages.UpdateAsync(parsed.GetValue(_package), InstallCommand.Sources(parsed), cancellationToken);
        return (PackageBodies.Of(changes), changes.All(change => change.Ok));
    }

    /// <inheritdoc/>
    protected override void Show(JsonObject body, ParseResult parsed)
    {
        var updates = (JsonArray)body["updates"]!;
        Console.WriteLine(updates.Count == 0 ? "(no packages installed)" : string.Join('\n', updates.Select(update => Line(update!))));
    }

    /// <inheritdoc/>
    protected override void ShowError(JsonObject body)
    {
        if (body["updates"] is not JsonArray updates)
        {
            base.ShowError(body);
            return;
        }
        // Each update succeeds or fails by itself.
        foreach (var update in updates)
            if (update!["ok"]!.GetValue<bool>())
                Console.WriteLine(Line(update));
            else
                base.ShowError(update.AsObject());
    }
}
