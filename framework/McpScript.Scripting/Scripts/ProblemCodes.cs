namespace McpScript.Scripting.Scripts;

/// <summary>The ids of what can be wrong with a script before the compiler sees it; the compiler's own begin with <c>CS</c>.</summary>
static class ProblemCodes
{
    /// <summary>A script or a file it loads is missing or not readable.</summary>
    public const string Unreadable = "MCS101";

    /// <summary>A script is not text.</summary>
    public const string NotText = "MCS102";

    /// <summary>A script has no statement, method or type.</summary>
    public const string Empty = "MCS103";

    /// <summary>A script loads itself, perhaps by way of others.</summary>
    public const string LoadsItself = "MCS104";

    /// <summary>An assembly is missing or not readable.</summary>
    public const string NoAssembly = "MCS105";

    /// <summary>A file is no .NET assembly.</summary>
    public const string NotAnAssembly = "MCS106";

    /// <summary>An assembly would replace one that the host or .NET provides.</summary>
    public const string ProvidedByHost = "MCS107";

    /// <summary>A package reference that cannot be understood, or is not allowed.</summary>
    public const string PackageReference = "MCS108";

    /// <summary>An assembly was built for a newer version of one that the host or .NET provides.</summary>
    public const string HostTooOld = "MCS109";

    /// <summary>Two assemblies of one name.</summary>
    public const string SameName = "MCS110";

    /// <summary>One package in two versions.</summary>
    public const string PackageVersions = "MCS111";

    /// <summary>A source generator throws, or does not finish.</summary>
    public const string GeneratorFailed = "MCS112";

    /// <summary>Script text asks for a source generator, which cannot reach it.</summary>
    public const string GeneratorInScript = "MCS113";
}
