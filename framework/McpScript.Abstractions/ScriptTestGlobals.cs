namespace McpScript;

/// <summary>The name that every test script (<c>NAME.test.csx</c>) can use besides its usings.</summary>
/// <param name="assert">The assertions of the script.</param>
public sealed class ScriptTestGlobals(ScriptAssertions assert)
{
#pragma warning disable IDE1006 // This is a name in a script, which is lower case by convention.
    /// <summary>The assertions of the script.</summary>
    public ScriptAssertions assert { get; } = assert;
#pragma warning restore IDE1006
}
