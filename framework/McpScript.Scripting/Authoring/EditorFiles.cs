using System.Text.Json;
using System.Text.Json.Nodes;
using McpScript.Model;
using McpScript.Scripting.Scripts;

namespace McpScript.Scripting.Authoring;

/// <summary>
/// What editors need to understand scripts: the usings and references that the compiler adds by itself, and the names <c>mcp</c>, <c>config</c> and
/// <c>assert</c>.
/// </summary>
static class EditorFiles
{
    /// <summary>The first line of a file that may be written anew, because it is ours.</summary>
    public const string Ours = "# Made by 'mcp-proxy init'; written anew each time.";

    /// <summary>The name of the file with usings and references.</summary>
    public const string ResponseFile = "omnisharp.rsp";

    /// <summary>All files, by their path in the folder that holds the plugin folders.</summary>
    public static IReadOnlyList<NewPluginFile> All() =>
    [
        new(ResponseFile, "usings and references of scripts, with the paths of this installation", Response()),
        new("omnisharp.json", "lets OmniSharp take scripts for what they are", OmniSharp),
        new(".vscode/settings.json", "lets the C# extension of VS Code use OmniSharp, the only one that knows scripts", Settings),
        new(".vscode/launch.json", "attaches the debugger to a running mcp-proxy", Launch),
    ];

    static string Response()
    {
        var usings = ScriptCompilation.Usings.Append(typeof(ScriptNames).FullName);
        var references = SharedAssemblies.Names.Order(StringComparer.Ordinal).Select(name => HostReferences.Find(name)?.FilePath).OfType<string>();
        return string.Join('\n', [Ours, .. references.Select(path => $"/r:\"{path}\""), .. usings.Select(name => $"/u:{name}"), ""]);
    }

    static string OmniSharp => $$"""
        {
          "script": {
            "enabled": true,
            "defaultTargetFramework": "net{{Environment.Version.Major}}.0",
            "enableScriptNuGetReferences": true,
            "rspFilePath": "{{ResponseFile}}"
          }
        }

        """;

    const string Settings = """
        {
          "dotnet.server.useOmnisharp": true
        }

        """;

    const string Launch = """
        {
          "version": "0.2.0",
          "configurations": [
            {
              "name": "Attach to mcp-proxy",
              "type": "coreclr",
              "request": "attach",
              "processName": "mcp-proxy",
              "justMyCode": false,
              "suppressJITOptimizations": true
            }
          ]
        }

        """;

    /// <summary>True if two JSON texts, or two other texts, say the same.</summary>
    public static bool SayTheSame(string one, string other)
    {
        try
        {
            return JsonNode.DeepEquals(JsonNode.Parse(one), JsonNode.Parse(other));
        }
        catch (JsonException)
        {
            // No JSON, or with comments: then as text.
            return one == other;
        }
    }
}
