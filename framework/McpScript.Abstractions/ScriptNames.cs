using System.ComponentModel;

namespace McpScript;

/// <summary>
/// The names that scripts see, for editors only: <c>mcp-proxy init</c> has them import it statically, because they cannot know the host's own globals.
/// </summary>
/// <remarks>Nothing of it is ever run; real scripts are compiled with <see cref="ScriptGlobals"/> and <see cref="ScriptTestGlobals"/>.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ScriptNames
{
#pragma warning disable IDE1006 // They are names in a script, where lower case is what reads well.
    /// <inheritdoc cref="ScriptGlobals.mcp"/>
    public static IPluginBuilder mcp => throw OnlyForEditors();

    /// <inheritdoc cref="ScriptGlobals.config"/>
    public static PluginConfig config => throw OnlyForEditors();

    /// <inheritdoc cref="ScriptTestGlobals.assert"/>
    public static ScriptAssertions assert => throw OnlyForEditors();
#pragma warning restore IDE1006

    static NotSupportedException OnlyForEditors() => new("ScriptNames is for editors. Save this as a plugin, and mcp-proxy runs it.");
}
