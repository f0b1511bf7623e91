using System.Collections.Immutable;
using System.Text.Json.Nodes;
using McpScript.Configuration;

namespace McpScript.Proxy.Commands;

/// <summary>Configuration entry with which an MCP client starts this installation of the program from any folder.</summary>
/// <param name="CommandLine">Program and arguments, with absolute paths.</param>
/// <param name="Environment">Environment variables that the program needs.</param>
sealed record ClientEntry(ImmutableArray<string> CommandLine, ImmutableDictionary<string, string> Environment)
{
    /// <summary>Creates the entry for a configuration.</summary>
    /// <param name="config">The configuration; its file is passed if it has one.</param>
    /// <param name="foldersWereNamed">True if plugin folders were given on the command line: they are passed then, or if there is no file.</param>
    public static ClientEntry FromConfig(McpScriptConfig config, bool foldersWereNamed)
    {
        var program = System.Environment.ProcessPath!;
        // Started as 'dotnet mcp-proxy.dll': the machine may have no mcp-proxy executable.
        string[] start = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [program, Path.Combine(AppContext.BaseDirectory, "mcp-proxy.dll")] : [program];
        string[] file = config.ConfigFile is { } path ? ["--config", path] : [];
        string[] folders = config.ConfigFile is null || foldersWereNamed ? [.. config.PluginDirs.SelectMany(folder => new[] { "--plugin-dir", folder })] : [];
        // Clients that are started from a desktop do not inherit the shell's variables.
        var root = System.Environment.GetEnvironmentVariable("DOTNET_ROOT");
        var environment = ImmutableDictionary<string, string>.Empty;
        return new([.. start, "serve", "--watch", .. file, .. folders], root is { Length: > 0 } ? environment.Add("DOTNET_ROOT", root) : environment);
    }

    /// <summary>Formats the entry in the JSON form that clients use.</summary>
    /// <param name="type">Value of <c>type</c> (the transport), for clients that require it; null to leave it out.</param>
    public JsonObject ToJson(string? type = null)
    {
        var entry = new JsonObject();
        if (type is not null)
            entry["type"] = type;
        entry["command"] = CommandLine[0];
        entry["args"] = new JsonArray([.. CommandLine.Skip(1).Select(argument => JsonValue.Create(argument))]);
        if (!Environment.IsEmpty)
            entry["env"] = new JsonObject(Environment.Select(variable => KeyValuePair.Create<string, JsonNode?>(variable.Key, variable.Value)));
        return entry;
    }
}
