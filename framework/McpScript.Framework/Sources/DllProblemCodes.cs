namespace McpScript.Sources;

/// <summary>The ids of what can be wrong with a prebuilt plugin before it is loaded.</summary>
static class DllProblemCodes
{
    /// <summary>The file is missing or not readable.</summary>
    public const string Unreadable = "MCS201";

    /// <summary>The file is no .NET assembly.</summary>
    public const string NotAnAssembly = "MCS202";

    /// <summary>It was built for a newer version of an assembly that the host or .NET provides.</summary>
    public const string HostTooOld = "MCS203";

    /// <summary>The <c>.deps.json</c> cannot be understood.</summary>
    public const string BadDependencyFile = "MCS204";

    /// <summary>Its native libraries cannot be copied to where they are loaded from.</summary>
    public const string NativeCopyFailed = "MCS205";

    /// <summary>It needs ASP.NET Core, which the host runs without.</summary>
    public const string NoAspNet = "MCS207";

    /// <summary>The configured path leads to nothing that can be a plugin.</summary>
    public const string BadPath = "MCS206";
}
