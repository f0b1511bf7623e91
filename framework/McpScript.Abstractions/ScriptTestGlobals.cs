namespace McpScript;

/// <summary>The name that every test script (<c>NAME.test.csx</c>) sees besides its usings.</summary>
/// <param name="assert">What the script says its expectations with.</param>
public sealed class ScriptTestGlobals(ScriptAssertions assert)
{
#pragma warning disable IDE1006 // It is a name in a script, where lower case is what reads well.
    /// <summary>What the script says its expectations with.</summary>
    public ScriptAssertions assert { get; } = assert;
#pragma warning restore IDE1006
}
