using System.CommandLine;
using System.Text.Json.Nodes;
using McpScript.Configuration;
using McpScript.Management;
using Microsoft.Extensions.Logging.Abstractions;
using Spectre.Console;

namespace McpScript.Proxy.Commands;

/// <summary>Base of the package commands: they call the proxy that serves the plugin folder; without one, they work on the folder directly.</summary>
abstract class PackageCommand : ManagementCommand
{
    protected PackageCommand(string name, string description) : base(name, description)
    {
        Options.Add(CommonOptions.PluginDirs);
        Options.Add(CommonOptions.Config);
    }

    /// <summary>Status line to show while the command runs; null for none.</summary>
    protected virtual string? Progress(ParseResult parsed) => null;

    /// <summary>Runs the command without a proxy.</summary>
    protected abstract Task<(JsonObject Body, bool Ok)> RunLocalAsync(PackageOperations packages, ParseResult parsed, CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        McpScriptConfig config;
        try
        {
            config = McpScriptConfig.Load(new CommandLineOverrides
            {
                ConfigFile = parsed.GetValue(CommonOptions.Config), PluginDirs = [.. parsed.GetValue(CommonOptions.PluginDirs) ?? []],
            });
        }
        catch (ConfigurationException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return Usage;
        }
        using var proxy = ManagementClient.ConnectFor(
            parsed.GetValue(CommonOptions.ManagementPort), parsed.GetValue(CommonOptions.Token), config.PluginDirs.IsEmpty ? null : config.PluginDirs[0]);
        var (body, ok) = await ShowingAsync(Progress(parsed),
            () => proxy is null ? RunLocalAsync(config, parsed, cancellationToken) : RequestAsync(proxy, parsed, cancellationToken));
        return Report(body, ok, parsed);
    }

    async Task<(JsonObject Body, bool Ok)> RunLocalAsync(McpScriptConfig config, ParseResult parsed, CancellationToken cancellationToken)
    {
        using var disk = new PackagesOnDisk(config, NullLoggerFactory.Instance);
        return await RunLocalAsync(disk.Operations, parsed, cancellationToken);
    }

    static async Task<(JsonObject Body, bool Ok)> ShowingAsync(string? progress, Func<Task<(JsonObject Body, bool Ok)>> work)
    {
        if (progress is null || !IsTerminal)
            return await work();
        (JsonObject, bool) done = default;
        await AnsiConsole.Status().StartAsync(Markup.Escape(progress), async _ => done = await work());
        return done;
    }

    /// <summary>Formats the result of one change.</summary>
    protected static string Line(JsonNode change)
    {
        var version = change["was"] is { } was && $"{was}" != $"{change["version"]}" ? $"{was} -> {change["version"]}" : $"{change["version"]}";
        var what = $"{change["done"]}" switch
        {
            "installed" => $"Installed '{change["package"]}' {version}",
            "unchanged" => $"'{change["package"]}' {version} is installed",
            "uninstalled" => $"Uninstalled '{change["package"]}' {version}",
            _ => $"'{change["package"]}' stays as it is: {change["error"]}",
        };
        var names = Texts(change["tools"] ?? change["removed"]);
        return $"{what}{(names.Count > 0 ? $": {string.Join(", ", names)}" : "")}{(change["note"] is { } note ? $"\n{note}" : "")}";
    }
}
