using System.Collections.Immutable;
using McpScript.Scripting.Scripts;

namespace McpScript.Scripting.Testing;

/// <summary>What a test script came to.</summary>
/// <param name="Test">The script.</param>
/// <param name="Assertions">How many assertions were made.</param>
/// <param name="Failures">What was not as expected, what was thrown, or why it did not even compile; empty if all is well.</param>
sealed record ScriptTestResult(ScriptTest Test, int Assertions, ImmutableArray<ScriptTestFailure> Failures)
{
    /// <summary>True if nothing failed.</summary>
    public bool Ok => Failures.IsEmpty;
}
