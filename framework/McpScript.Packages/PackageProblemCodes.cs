namespace McpScript.Packages;

/// <summary>Codes of package problems, beside those of NuGet.</summary>
static class PackageProblemCodes
{
    /// <summary>The SDK failed without a reason.</summary>
    public const string RestoreFailed = "MCS301";

    /// <summary>The package folder cannot be written to.</summary>
    public const string FolderNotWritable = "MCS302";

    /// <summary>The package was never fetched on this machine, and there is no SDK to fetch it.</summary>
    public const string NoSdk = "MCS303";

    /// <summary>A file differs from the installed one.</summary>
    public const string Tampered = "MCS304";

    /// <summary>The source has other content, or other packages, than the lock file lists.</summary>
    public const string NotAsLocked = "MCS305";

    /// <summary>The requested package is not installed, or only in another version.</summary>
    public const string NotInstalled = "MCS306";

    /// <summary>The package contains no plugin.</summary>
    public const string NoPlugin = "MCS307";

    /// <summary>The configuration does not allow the package.</summary>
    public const string NotAllowed = "MCS308";

    /// <summary>The lock file cannot be read or written.</summary>
    public const string LockFile = "MCS309";

    /// <summary>The request is not a package id with a version.</summary>
    public const string BadRequest = "MCS310";
}
