namespace McpScript.Scripting.Scripts;

/// <summary>Codes of problems of a script before compilation; the compiler's own codes begin with <c>CS</c>.</summary>
static class ProblemCodes
{
    /// <summary>A script or a loaded file is missing or cannot be read.</summary>
    public const string Unreadable = "MCS101";

    /// <summary>A script is not text.</summary>
    public const string NotText = "MCS102";

    /// <summary>A script has no statement, method or type.</summary>
    public const string Empty = "MCS103";

    /// <summary>A script loads itself, directly or through other files.</summary>
    public const string LoadsItself = "MCS104";

    /// <summary>An assembly is missing or cannot be read.</summary>
    public const string NoAssembly = "MCS105";

    /// <summary>A file is not a .NET assembly.</summary>
    public const string NotAnAssembly = "MCS106";

    /// <summary>An assembly would replace one that the host or .NET provides.</summary>
    public const string ProvidedByHost = "MCS107";

    /// <summary>A package reference is invalid or not allowed.</summary>
    public const string PackageReference = "MCS108";

    /// <summary>An assembly was built against a newer version of one that the host or .NET provides.</summary>
    public const string HostTooOld = "MCS109";

    /// <summary>Two different assemblies have one name.</summary>
    public const string SameName = "MCS110";

    /// <summary>A package is referenced in two versions.</summary>
    public const string PackageVersions = "MCS111";

    /// <summary>A source generator throws, or does not finish in time.</summary>
    public const string GeneratorFailed = "MCS112";

    /// <summary>Script text needs a source generator, which cannot process scripts.</summary>
    public const string GeneratorInScript = "MCS113";
}
