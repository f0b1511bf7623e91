using System.Collections.Concurrent;
using McpScript.Core.Tests.Unloading;
using McpScript.Registry;

namespace McpScript.Core.Tests.Registry;

/// <summary>A registry that several threads change at once, with the result of each change.</summary>
/// <remarks>Plugins <c>b</c> and <c>c</c> want the same name, <c>d</c> is broken.</remarks>
sealed class RegistryRun
{
    static readonly CodeSource SamplePlugins = Plugins();

    readonly TestRegistry _test = new(SamplePlugins);
    readonly ConcurrentDictionary<int, string> _results = [];

    /// <summary>All results, and what is served at the end.</summary>
    public string Outcome => string.Join("; ", _results.OrderBy(pair => pair.Key).Select(pair => pair.Value))
        + $" | {string.Join(' ', _test.Tools.Order())}"
        + $" | {string.Join(' ', _test.Registry.Plugins.Select(plugin => $"{plugin.Name}{plugin.Generation}"))}"
        + $" | {string.Join(' ', _test.Registry.Failures.Select(failure => $"{failure.Reference}:{failure.Stage}:{string.Join(',', failure.BlockedBy)}"))}";

    /// <summary>Carries out changes as one turn.</summary>
    public void Apply(int step, params (string Plugin, PluginChangeKind Kind)[] changes)
    {
        var turn = _test.Registry.ApplyAsync([.. changes.Select(change => new PluginChange(new(change.Plugin), change.Kind))]);
        _results[step] = string.Join(", ", turn.Soon().GetAwaiter().GetResult().Select(Text));
    }

    static string Text(ChangeResult result) => $"{result.Name} {result.Kind} {result.Ok} {result.Plugin?.Generation} {result.WasLoaded} {result.Stage}";

    static CodeSource Plugins()
    {
        var source = new CodeSource();
        source.Put("a", mcp => mcp.Tool("alone", "", () => ""));
        source.Put("b", mcp => mcp.Tool("contested", "", () => ""));
        source.Put("c", mcp => mcp.Tool("contested", "", () => ""));
        source.PutBroken("d");
        return source;
    }
}
