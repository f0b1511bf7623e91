using McpScript.Model;
using ModelContextProtocol.Server;

namespace McpScript.Core.Tests.Loading;

/// <summary>Items of every kind, made once: each name in two different editions.</summary>
static class SomeItems
{
    /// <summary>Names of tools, prompts and commands; URIs of resources are made from them.</summary>
    public static IReadOnlyList<string> Names { get; } = ["a", "b", "c", "d"];

    static readonly Dictionary<(string, int), McpServerTool> Tools = All((name, edition) => TestPlugin.Tool(name, $"{name}{edition}"));

    static readonly Dictionary<(string, int), McpServerPrompt> Prompts =
        All((name, edition) => McpServerPrompt.Create(() => name, new() { Name = name, Description = $"{name}{edition}" }));

    static readonly Dictionary<(string, int), McpServerResource> Resources =
        All((name, edition) => McpServerResource.Create(() => name, new() { UriTemplate = Uri(name), Name = name, Description = $"{name}{edition}" }));

    static readonly Dictionary<(string, int), PluginCommand> Commands =
        All((name, edition) => new PluginCommand(name, $"{name}{edition}", (_, _) => Task.FromResult(name)));

    static readonly Dictionary<(string, int), ArgumentCompletion> Completions = All<ArgumentCompletion>(
        (name, _) => (_, _) => Task.FromResult<IEnumerable<string>>([name]));

    /// <summary>URI of the resource of that name.</summary>
    public static string Uri(string name) => $"demo://{name}";

    public static McpServerTool Tool(string name, int edition = 0) => Tools[(name, edition)];

    public static McpServerPrompt Prompt(string name, int edition = 0) => Prompts[(name, edition)];

    public static McpServerResource Resource(string name, int edition = 0) => Resources[(name, edition)];

    public static PluginCommand Command(string name, int edition = 0) => Commands[(name, edition)];

    public static ArgumentCompletion Completion(string name, int edition = 0) => Completions[(name, edition)];

    static Dictionary<(string, int), T> All<T>(Func<string, int, T> make) =>
        Names.SelectMany(name => new[] { 0, 1 }.Select(edition => (name, edition))).ToDictionary(key => key, key => make(key.name, key.edition));
}
