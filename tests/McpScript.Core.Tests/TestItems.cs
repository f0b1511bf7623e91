using System.Collections.Concurrent;
using System.Collections.Immutable;
using McpScript.Loading;
using McpScript.Model;
using ModelContextProtocol.Server;

namespace McpScript.Core.Tests;

/// <summary>Tools, prompts, resources and commands written as words: a kind, an id and, optionally, a description, as in <c>tool say hello</c>.</summary>
static class TestItems
{
    // Equal words give the same object: a property test needs thousands.
    static readonly ConcurrentDictionary<string, IMcpServerPrimitive> Made = new(StringComparer.Ordinal);

    // Never used, and one for all: a collectible context is expensive to make and to collect.
    static readonly PluginLoadContext Context = new("shared", TestPlugin.Image("shared"), ImmutableHashSet<string>.Empty);

    /// <summary>A live generation that offers these items. Not to be unloaded.</summary>
    public static Plugin Plugin(string name, params IEnumerable<string> words) => Plugin(name, 1, words);

    /// <summary>A live generation that offers these items. Not to be unloaded.</summary>
    public static Plugin Plugin(
        string name, int generation, IEnumerable<string> words, string kind = "script", string? prefix = null, TimeProvider? time = null)
    {
        var image = TestPlugin.Image(name, kind);
        var plugin = new InProcessPlugin(
            image, PluginSettings.None, generation, Context, NoTracker.Instance, time ?? TimeProvider.System)
        { Prefix = prefix };
        plugin.SetPrimitives(Of(words));
        return plugin;
    }

    /// <summary>The items that these words stand for.</summary>
    public static PluginPrimitives Of(params IEnumerable<string> words)
    {
        var made = words.Select(word => Made.GetOrAdd(word, Make)).ToList();
        return PluginPrimitives.Empty with
        {
            Tools = [.. made.OfType<McpServerTool>()],
            Prompts = [.. made.OfType<McpServerPrompt>()],
            Resources = [.. made.OfType<McpServerResource>()],
            Commands = [.. made.OfType<PluginCommand>()],
        };
    }

    /// <summary>New objects for one item, even if there are some already.</summary>
    public static IMcpServerPrimitive Make(string word)
    {
        var parts = word.Split(' ', 3);
        var (id, text) = (parts[1], parts.Length > 2 ? parts[2] : "text");
        return parts[0] switch
        {
            "tool" => TestPlugin.Tool(id, text),
            "prompt" => McpServerPrompt.Create(() => text, new() { Name = id, Description = text }),
            "resource" => McpServerResource.Create(() => text, new() { UriTemplate = id, Name = "resource", Description = text }),
            "template" => McpServerResource.Create((string part) => part + text, new() { UriTemplate = id, Name = "template", Description = text }),
            _ => new PluginCommand(id, text, (_, _) => Task.FromResult(text)),
        };
    }
}
