using System.Collections;

namespace McpScript.Configuration;

/// <summary>What the process was started with.</summary>
static class ProcessEnvironment
{
    /// <summary>The environment variables.</summary>
    public static IReadOnlyDictionary<string, string> Variables() => Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "");

    /// <summary>The user's folder according to those variables.</summary>
    public static string Home(IReadOnlyDictionary<string, string> environment) =>
        environment.GetValueOrDefault(OperatingSystem.IsWindows() ? "USERPROFILE" : "HOME") is { Length: > 0 } home
            ? home
            : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
}
