using System.Collections.Immutable;
using McpScript.Scripting.Scripts;

namespace McpScript.Scripting.Testing;

/// <summary>Result of a test script.</summary>
/// <param name="Test">The script.</param>
/// <param name="Assertions">The number of assertions.</param>
/// <param name="Failures">Failed assertions, exceptions and compile errors; empty if there are none.</param>
sealed record ScriptTestResult(ScriptTest Test, int Assertions, ImmutableArray<ScriptTestFailure> Failures)
{
    /// <summary>True if nothing failed.</summary>
    public bool Ok => Failures.IsEmpty;
}
