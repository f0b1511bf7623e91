using System.ComponentModel;

namespace McpScript;

/// <summary>
/// Declares the names of scripts for editors only: <c>mcp-proxy init</c> makes editors import it statically, because they do not know the host's globals.
/// </summary>
/// <remarks>It is never executed; scripts are compiled with <see cref="ScriptGlobals"/> and <see cref="ScriptTestGlobals"/>.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ScriptNames
{
#pragma warning disable IDE1006 // These are names in a script, which are lower case by convention.
    /// <inheritdoc cref="ScriptGlobals.mcp"/>
    public static IPluginBuilder mcp => throw OnlyForEditors();

    /// <inheritdoc cref="ScriptGlobals.config"/>
    public static PluginConfig config => throw OnlyForEditors();

    /// <inheritdoc cref="ScriptTestGlobals.assert"/>
    public static ScriptAssertions assert => throw OnlyForEditors();
#pragma warning restore IDE1006

    static NotSupportedException OnlyForEditors() => new("ScriptNames is for editors. Save this as a plugin, and mcp-proxy runs it.");
}
