using System.Collections;

namespace McpScript.FileSystem;

/// <summary>Environment of the process.</summary>
static class ProcessEnvironment
{
    /// <summary>The environment variables.</summary>
    public static IReadOnlyDictionary<string, string> Variables() => Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "");

    /// <summary>The user's home folder, whether or not it exists: used for all files that the programs keep for the user.</summary>
    public static string Home() => Home(Variables());

    /// <summary>The user's home folder according to these variables. Always an absolute path, so that nothing is written to the working folder.</summary>
    public static string Home(IReadOnlyDictionary<string, string> environment)
    {
        if (environment.GetValueOrDefault(OperatingSystem.IsWindows() ? "USERPROFILE" : "HOME") is { Length: > 0 } home && Path.IsPathFullyQualified(home))
            return home;
        // Without the variable, the folder that the system knows; without that, a temporary folder with the user's name.
        var known = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        return Path.IsPathFullyQualified(known) ? known : Path.Combine(Path.GetTempPath(), $"mcp_proxy-{Environment.UserName}");
    }
}
