using System.Reflection;
using System.Runtime.Loader;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpScript.Model;

namespace McpScript.Framework.Tests.Scripting;

/// <summary>An image made live in a collectible load context of its own, in the simplest way that shows it works.</summary>
sealed class RunningScript : IDisposable
{
    readonly AssemblyLoadContext _context;

    RunningScript(AssemblyLoadContext context, Assembly assembly)
    {
        _context = context;
        Assembly = assembly;
    }

    public Assembly Assembly { get; }

    public RecordingBuilder Registered { get; } = new();

    public static async Task<RunningScript> RunAsync(AssemblyImage image)
    {
        var context = new AssemblyLoadContext("test", isCollectible: true);
        context.Resolving += (of, name) => image.Dependencies.TryGetValue(name.Name!, out var dependency) ? of.LoadFromAssemblyPath(dependency.Path) : null;
        var assembly = context.LoadFromStream(new MemoryStream([.. image.Assembly]), new MemoryStream([.. image.Symbols]));
        var script = new RunningScript(context, assembly);
        await script.EnterAsync(image.Script!);
        return script;
    }

    public object? Call(string tool, params object?[] arguments)
    {
        var handler = Registered.Tools[tool];
        return handler.Method.Invoke(handler.Target, BindingFlags.DoNotWrapExceptions, null, arguments, null);
    }

    public void Dispose() => _context.Unload();

    async Task EnterAsync(ScriptEntry entry)
    {
        var globals = new ScriptGlobals(Registered, new PluginConfig(new JsonObject { ["size"] = 3 }, "test", JsonSerializerOptions.Default));
        var factory = Assembly.GetType(entry.TypeName, throwOnError: true)!.GetMethod(
            entry.FactoryName, BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)!;
        await (Task<object>)factory.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [new object?[] { globals, null }], null)!;
    }
}
