using McpScript.Model;

namespace McpScript.Scripting.Compilation;

/// <summary>Makes the image of a script.</summary>
interface IScriptCompiler
{
    /// <summary>Reads and compiles a script with everything it loads and references. Safe to call from several threads at once.</summary>
    /// <exception cref="PluginLoadException">With all problems at once, and the files whose change could cure them.</exception>
    AssemblyImage Compile(PluginLocation location, CancellationToken cancellationToken);
}
