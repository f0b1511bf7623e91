using System.Collections;

namespace McpScript.FileSystem;

/// <summary>What the process was started with.</summary>
static class ProcessEnvironment
{
    /// <summary>The environment variables.</summary>
    public static IReadOnlyDictionary<string, string> Variables() => Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "");

    /// <summary>The user's folder, whether it exists yet or not: the one rule for all that the programs keep there.</summary>
    public static string Home() => Home(Variables());

    /// <summary>The user's folder according to these variables. Always an absolute path, so that nothing of it ever lands in the working folder.</summary>
    public static string Home(IReadOnlyDictionary<string, string> environment)
    {
        if (environment.GetValueOrDefault(OperatingSystem.IsWindows() ? "USERPROFILE" : "HOME") is { Length: > 0 } home && Path.IsPathFullyQualified(home))
            return home;
        // Without that variable, what the system knows of the user; of one without a folder, a folder for temporary files that has the user's name.
        var known = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        return Path.IsPathFullyQualified(known) ? known : Path.Combine(Path.GetTempPath(), $"mcp_proxy-{Environment.UserName}");
    }
}
