using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpScript.Configuration.Schema;

namespace McpScript.Configuration;

/// <summary>Generates the reference of the configuration from its keys: a page, an example file, a schema for editors.</summary>
static class ConfigurationReference
{
    const string SchemaFile = "mcp-proxy.schema.json";

    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Returns a JSON Schema with descriptions, for completion in YAML editors.</summary>
    public static string JsonSchema()
    {
        var schema = ConfigurationKeys.All.Schema;
        schema["type"] = "object";
        var head = new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = "The configuration of mcp-proxy and mcp-factory",
        };
        foreach (var (key, value) in schema.ToList())
        {
            schema.Remove(key);
            head[key] = value;
        }
        return head.ToJsonString(Indented) + "\n";
    }

    /// <summary>Returns an example file with every key, commented out, at its default.</summary>
    public static string Example()
    {
        var text = new StringBuilder($"""
            # yaml-language-server: $schema={SchemaFile}
            #
            # Every key of the configuration, at its default: mcp-proxy serve --config proxy.yaml
            # Remove the '# ' before a key to set it; a key that is not set has the default that is shown here.
            # {Variables}

            """);
        foreach (var key in Useful(McpScriptConfig.Keys))
            AppendExample(text.Append('\n'), key, "");
        return text.ToString();
    }

    /// <summary>Returns the reference page, in Markdown.</summary>
    public static string Markdown()
    {
        var text = new StringBuilder($"""
            # Configuration

            <!-- Generated from the descriptions in the code (ConfigurationReference); a spec fails if they differ.
            To update it: UPDATE_APPROVED=1 dotnet test tests/McpScript.Specs --filter ConfigurationReferenceSpecs -->

            One YAML file, named with `--config`; without that option no file is read. Environment variables override it, and the command line overrides
            both. All problems are reported at once, each with its place and the nearest key, and the program ends with 2; while it runs with `--watch`, a
            broken file changes nothing. {Variables}

            For completion in an editor: `# yaml-language-server: $schema={SchemaFile}` as the first line, with the schema from `config/` or from
            `mcp-proxy config schema`. `config/proxy.example.yaml` has every key. A plugin's own settings may also be in `<plugin-dir>/<name>/config.yaml`,
            see [writing plugins](writing-plugins.md).

            *Live* keys take effect in a program that watches, all others need a restart.


            """.ReplaceLineEndings("\n"));
        AppendTable(text, McpScriptConfig.Keys, "");
        return text.ToString().TrimEnd() + "\n";
    }

    const string Variables = "${VAR} and ${VAR:-default} are expanded in values, $${ is a literal ${.";

    static void AppendExample(StringBuilder text, ConfigurationKey key, string indent)
    {
        text.Append(CultureInfo.InvariantCulture, $"#{indent} {key.Description}{Marks(key)}\n");
        if (key.Keys.IsEmpty)
            text.Append(CultureInfo.InvariantCulture, $"#{indent} {key.Name}:{(key.Default is null ? "" : $" {key.Default}")}\n");
        else
        {
            var below = indent + (key.Member is null ? "  " : "    ");
            text.Append(CultureInfo.InvariantCulture, $"#{indent} {key.Name}:\n");
            if (key.Member is not null)
                text.Append(CultureInfo.InvariantCulture, $"#{indent}   {key.Member.Trim('<', '>')}:\n");
            foreach (var inner in Useful(key.Keys))
                AppendExample(text, inner, below);
        }
    }

    static void AppendTable(StringBuilder text, ImmutableArray<ConfigurationKey> keys, string path)
    {
        text.Append("| key | value | default | |\n|---|---|---|---|\n");
        foreach (var key in keys)
            text.Append(
                CultureInfo.InvariantCulture,
                $"| `{key.Name}` | {Cell(key.Expected)} | {DefaultCell(key)} | {Cell(key.Description + Marks(key))} |\n");
        foreach (var key in keys.Where(key => !key.Keys.IsEmpty))
        {
            var below = $"{path}{key.Name}{(key.Member is null ? "" : $".{key.Member}")}";
            AppendTable(text.Append(CultureInfo.InvariantCulture, $"\n## `{below}`\n\n"), key.Keys, below + ".");
        }
    }

    static string Marks(ConfigurationKey key) => string.Concat(
        key.EnvironmentVariable is { } variable ? $" {variable} overrides it." : "",
        key.AppliedLive ? " Live." : "");

    static string DefaultCell(ConfigurationKey key) => key.Default is null ? "" : $"`{key.Default}`";

    static IEnumerable<ConfigurationKey> Useful(IEnumerable<ConfigurationKey> keys) => keys.Where(key => key.Support != KeySupport.Ignored);

    static string Cell(string text) => text.Replace("|", "\\|").Replace("<", "&lt;");
}
