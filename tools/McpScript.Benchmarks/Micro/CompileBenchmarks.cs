using BenchmarkDotNet.Attributes;
using McpScript.Model;
using McpScript.Scripting.Cache;
using McpScript.Scripting.Compilation;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpScript.Benchmarks.Micro;

/// <summary>Compiling a thirty-line script, and loading it from the compile cache.</summary>
[MemoryDiagnoser]
public class CompileBenchmarks
{
    readonly string _top = Directory.CreateTempSubdirectory("mcpscript-bench-").FullName;
    ScriptCompiler _compiler = null!;
    CompileCache _cache = null!;
    PluginLocation _script = null!;

    /// <summary>Writes the script and fills the cache.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        var path = Path.Combine(_top, EditedScript.File);
        File.WriteAllText(path, EditedScript.Version(1));
        _script = new(new("edited"), "script", path, _top);
        _compiler = new();
        _cache = CompileCache.Of(new() { Folder = Path.Combine(_top, "cache") }, [], null, NullLogger<CompileCache>.Instance);
        _cache.Keep(_compiler.Compile(_script, CancellationToken.None));
    }

    /// <summary>Deletes the temporary folder.</summary>
    [GlobalCleanup]
    public void CleanUp() => Directory.Delete(_top, recursive: true);

    /// <summary>Compiles with Roslyn.</summary>
    [Benchmark(Baseline = true)]
    public object Compile() => _compiler.Compile(_script, CancellationToken.None);

    /// <summary>Reads the image from the cache on disk.</summary>
    [Benchmark]
    public object? Cached() => _cache.Find(_script, CancellationToken.None);
}
