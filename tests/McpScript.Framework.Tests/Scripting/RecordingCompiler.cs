using McpScript.Model;
using McpScript.Scripting.Compilation;

namespace McpScript.Framework.Tests.Scripting;

/// <summary>Compiles nothing, and records the requests.</summary>
sealed class RecordingCompiler : IScriptCompiler
{
    public List<PluginLocation> Requests { get; } = [];

    public AssemblyImage Compile(PluginLocation location, CancellationToken cancellationToken)
    {
        Requests.Add(location);
        return new AssemblyImage { Location = location, Assembly = [], Files = [] };
    }
}
