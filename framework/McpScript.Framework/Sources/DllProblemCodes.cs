namespace McpScript.Sources;

/// <summary>Codes of problems of a prebuilt plugin before it is loaded.</summary>
static class DllProblemCodes
{
    /// <summary>The file is missing or cannot be read.</summary>
    public const string Unreadable = "MCS201";

    /// <summary>The file is not a .NET assembly.</summary>
    public const string NotAnAssembly = "MCS202";

    /// <summary>The plugin was built against a newer version of an assembly that the host or .NET provides.</summary>
    public const string HostTooOld = "MCS203";

    /// <summary>The <c>.deps.json</c> is not valid.</summary>
    public const string BadDependencyFile = "MCS204";

    /// <summary>The plugin's native libraries cannot be copied.</summary>
    public const string NativeCopyFailed = "MCS205";

    /// <summary>The plugin needs ASP.NET Core, and the host runs without it.</summary>
    public const string NoAspNet = "MCS207";

    /// <summary>There is no plugin at the configured path.</summary>
    public const string BadPath = "MCS206";
}
