using McpScript.Model;

namespace McpScript.Scripting.Compilation;

/// <summary>Compiles scripts to images.</summary>
interface IScriptCompiler
{
    /// <summary>Reads and compiles a script with everything that it loads and references. Thread-safe.</summary>
    /// <exception cref="PluginLoadException">There are problems; the exception has all of them, and the files whose change could cure them.</exception>
    AssemblyImage Compile(PluginLocation location, CancellationToken cancellationToken);
}
