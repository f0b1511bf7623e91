using System.ComponentModel;
using System.Text.Json;
using McpScript.Configuration;
using McpScript.Registry;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Management;

/// <summary>The <c>proxy__</c> tools, through which an agent manages the proxy that it is connected to.</summary>
sealed class ManagementToolSet(ProxyOperations operations, StaticTools statics)
{
    /// <summary>Creates the tools that the configuration allows.</summary>
    /// <param name="allowed">The allowed set.</param>
    /// <param name="install">True if packages may be installed.</param>
    public IEnumerable<McpServerTool> Create(ManagementTools allowed, bool install = false)
    {
        if (allowed == ManagementTools.None)
            yield break;
        yield return Reading("proxy__status", "Show the server and what is loaded: plugins, tools, resources, prompts, failures.",
            () => Introspection.PluginStatus(operations.Registry, operations.Proxy));
        yield return Reading("proxy__list", "List the plugins in the plugin folders, with marks for loaded and failed ones.",
            () => Introspection.AvailableList(operations.Available()));
        yield return Reading("proxy__tools", "List the names of all loaded tools.",
            ([Description("Only tools that were loaded after start-up.")] bool dynamic_only = false) =>
                Introspection.ToolList(operations.Tools(dynamic_only), dynamic_only));
        if (operations.Proxy.DynamicDispatch)
            yield return Run();
        if (allowed != ManagementTools.All)
            yield break;
        yield return Changing("proxy__load", "Load a plugin by name from the plugin folders.", destructive: false,
            async ([Description("The plugin's name.")] string plugin, CancellationToken ct) => Answer(await operations.Registry.LoadAsync(plugin, ct), Loaded));
        yield return Changing("proxy__unload", "Unload a plugin; its tools are removed for every client.", destructive: true,
            async ([Description("The plugin's name.")] string plugin, CancellationToken ct) =>
                Answer(await operations.Registry.UnloadAsync(plugin, ct), result => $"Unloaded '{result.Name}': removed {string.Join(", ", result.Removed)}"));
        yield return Changing("proxy__reload", "Reload a plugin from its files; a broken version leaves the old one serving.", destructive: false,
            async ([Description("The plugin's name.")] string plugin, CancellationToken ct) =>
                Answer(await operations.Registry.ReloadAsync(plugin, ct), result => $"Reloaded '{result.Name}': {string.Join(", ", result.Plugin!.Tools)}"));
        yield return Changing("proxy__command", "Run a management command that a plugin offers.", destructive: true,
            (
                [Description("The command's name.")] string name, [Description("Its arguments by name.")] Dictionary<string, JsonElement>? arguments = null,
                CancellationToken ct = default) =>
                CommandAsync(name, arguments ?? [], ct));
        if (install && operations.Packages is { } packages)
            yield return Changing(
                "proxy__install", "Install a plugin that is a NuGet package, from the sources of this server's configuration, and load it.", destructive: false,
                async (
                    [Description("The package's id, or id@version.")] string package, [Description("Include prerelease versions.")] bool prerelease = false,
                    CancellationToken ct = default) =>
                    Answer(await packages.InstallAsync(package, [], prerelease, ct)));
    }

    static McpServerTool Reading(string name, string description, Delegate handler) =>
        McpServerTool.Create(
            handler, new() { Name = name, Description = description, ReadOnly = true, Idempotent = true, OpenWorld = false, Destructive = false });

    static McpServerTool Changing(string name, string description, bool destructive, Delegate handler) =>
        McpServerTool.Create(handler, new() { Name = name, Description = description, ReadOnly = false, Destructive = destructive, OpenWorld = false });

    // A call filter handles every call before this handler; only the tool's description is used.
    static McpServerTool Run() => McpServerTool.Create(
        string (
            [Description("The tool's name.")] string tool, [Description("The tool's arguments by name.")] Dictionary<string, JsonElement>? arguments = null) =>
            throw new McpException("proxy__run is not available."),
        new()
        {
            Name = DynamicDispatch.Name, OpenWorld = true,
            Description = "Call a tool that was loaded after start-up, by name. For clients that do not see new tools.",
        });

    static CallToolResult Answer(ChangeResult result, Func<ChangeResult, string> done) => new()
    {
        IsError = !result.Ok,
        Content = [new TextContentBlock { Text = result.Ok ? done(result) : Refused(result) }],
    };

    static CallToolResult Answer(PackageChange change) => new()
    {
        IsError = !change.Ok,
        Content = [new TextContentBlock
        {
            Text = change.Ok
                ? $"Installed '{change.Package}' {change.Version}: {string.Join(", ", change.Plugin?.Tools ?? [])}"
                    + (change.Note is { } note ? $"\n{note}" : "")
                : $"Error: {change.Error}",
        }],
    };

    // A problem without a location only repeats the error.
    static string Refused(ChangeResult result) =>
        $"Error: {result.Error}"
        + string.Concat(result.Problems.Where(problem => problem.File is not null).Select(problem => $"\n- {problem.ToStringWithSource()}"))
        + (result.Problems.IsEmpty || result.Plugin is null ? "" : "\nThe previous version is still serving.");

    string Loaded(ChangeResult result)
    {
        var tools = result.Plugin!.Tools;
        var text = $"Loaded '{result.Name}': {string.Join(", ", tools)}";
        return operations.Proxy.DynamicDispatch && statics.IsStartUpDone && tools.Count > 0
            ? $"{text}\n\nThese tools are dynamically loaded. Call them via proxy__run(tool='<name>', arguments={{...}}). "
                + $"Example: proxy__run(tool='{tools[0]}')"
            : text;
    }

    async Task<CallToolResult> CommandAsync(string name, Dictionary<string, JsonElement> arguments, CancellationToken cancellationToken)
    {
        var result = await operations.RunCommandAsync(name, arguments, cancellationToken);
        return new() { IsError = !result.Ok, Content = [new TextContentBlock { Text = result.Ok ? result.Result : $"Error: {result.Result}" }] };
    }
}
