using System.Text.Json;
using System.Text.Json.Nodes;
using McpScript.Model;
using McpScript.Scripting.Scripts;

namespace McpScript.Scripting.Authoring;

/// <summary>
/// Files that make editors understand scripts: the usings and references that the compiler adds by itself, and the names <c>mcp</c>, <c>config</c> and
/// <c>assert</c>.
/// </summary>
static class EditorFiles
{
    /// <summary>The first line of a generated file, which may be overwritten.</summary>
    public const string Ours = "# Made by 'mcp-proxy init'; written anew each time.";

    /// <summary>The name of the file with usings and references.</summary>
    public const string ResponseFile = "omnisharp.rsp";

    /// <summary>Returns all files, by their path in the folder that contains the plugin folders.</summary>
    public static IReadOnlyList<NewPluginFile> All() =>
    [
        new(ResponseFile, "usings and references of scripts, with the paths of this installation", Response()),
        new("omnisharp.json", "lets OmniSharp recognize scripts", OmniSharp),
        new(".vscode/settings.json", "lets the C# extension of VS Code use OmniSharp, the only one that supports scripts", Settings),
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

    /// <summary>Returns true if two JSON texts, or two other texts, have the same content.</summary>
    public static bool SayTheSame(string one, string other)
    {
        try
        {
            return JsonNode.DeepEquals(JsonNode.Parse(one), JsonNode.Parse(other));
        }
        catch (JsonException)
        {
            // Not JSON, or JSON with comments: compared as text.
            return one == other;
        }
    }
}
