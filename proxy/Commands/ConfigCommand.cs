using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpScript.CommandLine;
using McpScript.Configuration;

namespace McpScript.Proxy.Commands;

/// <summary>
/// <c>mcp-proxy config claude|vscode|cursor|json</c>: an entry for the configuration of an MCP client; <c>config schema</c>: the JSON schema of the
/// proxy's own configuration.
/// </summary>
/// <remarks>Only the entry is written to stdout, so that it can be redirected to a file; instructions are written to stderr.</remarks>
sealed class ConfigCommand : Command
{
    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly Option<string> _name = new("--name")
    {
        Description = "Name of this server in the client.", DefaultValueFactory = _ => "scripts", HelpName = "NAME",
    };

    public ConfigCommand() : base("config",
        "Print a ready entry for a client's configuration, with the paths of this installation; or the schema of the proxy's own configuration.")
    {
        Add("claude", "For Claude Desktop (claude_desktop_config.json) and Claude Code (.mcp.json).",
            (name, entry) => new() { ["mcpServers"] = new JsonObject { [name] = entry.ToJson() } },
            (name, entry) => "Put this into claude_desktop_config.json or .mcp.json; or, for Claude Code, run:\n"
                + $"  claude mcp add {Shell(name)} -- {string.Join(' ', entry.CommandLine.Select(Shell))}");
        Add("vscode", "For VS Code (.vscode/mcp.json).",
            (name, entry) => new() { ["servers"] = new JsonObject { [name] = entry.ToJson("stdio") } },
            (_, _) => "Put this into .vscode/mcp.json.");
        Add("cursor", "For Cursor (.cursor/mcp.json).",
            (name, entry) => new() { ["mcpServers"] = new JsonObject { [name] = entry.ToJson() } },
            (_, _) => "Put this into .cursor/mcp.json, or ~/.cursor/mcp.json for all projects.");
        Add("json", "The bare entry, for any other client.", (_, entry) => entry.ToJson(), (_, _) => "Put this where the client keeps its servers.");
        var schema = new Command("schema", "Print the JSON schema of the proxy's configuration, for editors.");
        schema.SetAction(_ => Console.Write(ConfigurationReference.JsonSchema()));
        Subcommands.Add(schema);
    }

    void Add(string client, string description, Func<string, ClientEntry, JsonObject> print, Func<string, ClientEntry, string> advice)
    {
        var command = new Command(client, description);
        foreach (var option in new Option[] { _name, ServerOptions.Config, ServerOptions.PluginDirs })
            command.Options.Add(option);
        command.SetAction(parsed =>
        {
            if (CommonOptions.Load(parsed) is not { } config)
                return CommonOptions.Usage;
            if (config.PluginDirs.IsEmpty)
            {
                Console.Error.WriteLine(
                    "Error: there is no plugin folder here, and the client would start the server in another folder. Name one with --plugin-dir.");
                return CommonOptions.Usage;
            }
            var (name, entry) = (parsed.GetValue(_name)!, ClientEntry.FromConfig(config, parsed.GetValue(ServerOptions.PluginDirs) is { Length: > 0 }));
            Console.WriteLine(print(name, entry).ToJsonString(Indented));
            Console.Error.WriteLine(advice(name, entry));
            return 0;
        });
        Subcommands.Add(command);
    }

    static string Shell(string text) =>
        text.All(c => char.IsLetterOrDigit(c) || "/-_.:=+,@".Contains(c)) && text.Length > 0 ? text : $"'{text.Replace("'", @"'\''")}'";
}
