using System.Collections.Immutable;
using System.Text.Json.Nodes;
using McpScript.Configuration;

namespace McpScript.Proxy.Commands;

/// <summary>How a client starts this installation of the program, wherever it is itself started.</summary>
/// <param name="CommandLine">The program and its arguments, with absolute paths.</param>
/// <param name="Environment">The variables that it needs.</param>
sealed record ClientEntry(ImmutableArray<string> CommandLine, ImmutableDictionary<string, string> Environment)
{
    /// <summary>For a configuration: its file if it has one, and its folders if they were named, or if there is no file.</summary>
    public static ClientEntry Of(McpScriptConfig config, bool foldersWereNamed)
    {
        var program = System.Environment.ProcessPath!;
        // Started as 'dotnet mcp-proxy.dll': there may be no other way on this machine.
        string[] start = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [program, Path.Combine(AppContext.BaseDirectory, "mcp-proxy.dll")] : [program];
        var folders = config.PluginDirs.SelectMany(folder => new[] { "--plugin-dir", folder });
        string[] what = [.. config.ConfigFile is { } file ? ["--config", file] : Array.Empty<string>(), .. config.ConfigFile is null || foldersWereNamed ? folders : []];
        // Clients that are started from a desktop know nothing of the shell's variables.
        var root = System.Environment.GetEnvironmentVariable("DOTNET_ROOT");
        return new([.. start, "serve", "--watch", .. what], root is { Length: > 0 } ? ImmutableDictionary<string, string>.Empty.Add("DOTNET_ROOT", root) : ImmutableDictionary<string, string>.Empty);
    }

    /// <summary>As clients write it.</summary>
    /// <param name="type">The transport, for clients that want it said.</param>
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
