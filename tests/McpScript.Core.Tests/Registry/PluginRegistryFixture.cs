using McpScript.Model;
using McpScript.Registry;

namespace McpScript.Core.Tests.Registry;

/// <summary>Base of the tests of the registry: a registry with plugins made of lambdas, and the steps they record.</summary>
public abstract class PluginRegistryFixture : IAsyncDisposable
{
    private protected readonly TestRegistry _test = new();
    private protected readonly List<string> _steps = [];

    private protected PluginRegistry Registry => _test.Registry;

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    private protected IEnumerable<PluginReference> Wanted => _test.Wanted.From([], []);

    private protected Action<IPluginBuilder> _built = _ => { };

    private protected void Put(string name, params string[] tools)
    {
        var generation = 0;
        _test.Source.Put(name, mcp =>
        {
            var mine = ++generation;
            foreach (var tool in tools)
                mcp.Tool(tool, "", () => "");
            mcp.OnUnload(() => Step($"{name} {mine} unloads"));
            _built(mcp);
        });
    }

    private protected void Step(string step)
    {
        lock (_steps)
            _steps.Add(step);
    }
}
