using McpScript.Model;
using McpScript.Scripting.Compilation;

namespace McpScript.Framework.Tests.Scripting;

/// <summary>The real compiler, with the number of its compilations.</summary>
sealed class CountingCompiler(ScriptCompiler compiler) : IScriptCompiler
{
    int _compilations;

    public int Compilations => _compilations;

    public AssemblyImage Compile(PluginLocation location, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _compilations);
        return compiler.Compile(location, cancellationToken);
    }
}
