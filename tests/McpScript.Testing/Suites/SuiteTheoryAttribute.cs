using System.Runtime.CompilerServices;
using Xunit;
using Xunit.v3;

namespace McpScript.Testing.Suites;

/// <summary>A theory of a slow suite: skipped unless the suite is on (<see cref="SlowSuites"/>).</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SuiteTheoryAttribute : TheoryAttribute, ITraitAttribute
{
    readonly string _suite;

    /// <param name="suite">The suite's name, a constant of <see cref="SlowSuites"/>.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    public SuiteTheoryAttribute(string suite, [CallerFilePath] string? file = null, [CallerLineNumber] int line = -1) : base(file, line)
    {
        _suite = suite;
        Skip = SlowSuites.ReasonToSkip(suite);
    }

    /// <inheritdoc/>
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => SlowSuites.TraitsOf(_suite);
}
