namespace McpScript.Testing;

/// <summary>Longest waits of all tests. They bound failures: no test depends on their length.</summary>
/// <remarks>20 seconds at a desk, so that a red test is red soon; two minutes in CI and in slow suites, where the machine is busy with other things.</remarks>
public static class WaitLimits
{
    /// <summary>Longest wait for one event: an answer, a log line, an exit. 20 seconds; 120 with <c>CI</c> or <c>MCPSCRIPT_SUITES</c> set.</summary>
    public static TimeSpan Event { get; } = TimeSpan.FromSeconds(IsSet("CI") || IsSet("MCPSCRIPT_SUITES") ? 120 : 20);

    /// <summary>Longest run of a tool that builds, packs, downloads or runs a suite of its own: five minutes everywhere.</summary>
    public static TimeSpan Tool { get; } = TimeSpan.FromMinutes(5);

    static bool IsSet(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value && value is not ("0" or "false");
}
