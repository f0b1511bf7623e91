namespace McpScript.Packages;

/// <summary>The ids of what can be wrong with packages, beside NuGet's own.</summary>
static class PackageProblemCodes
{
    /// <summary>The SDK failed without saying why.</summary>
    public const string RestoreFailed = "MCS301";

    /// <summary>The package folder cannot be written to.</summary>
    public const string FolderNotWritable = "MCS302";

    /// <summary>Never fetched here, and there is no SDK to fetch it.</summary>
    public const string NoSdk = "MCS303";

    /// <summary>A file is not what was installed.</summary>
    public const string Tampered = "MCS304";

    /// <summary>The source gives another content, or other packages, than the lock file says.</summary>
    public const string NotAsLocked = "MCS305";

    /// <summary>Asked for and not installed, or in another version.</summary>
    public const string NotInstalled = "MCS306";

    /// <summary>Nothing in the package is a plugin.</summary>
    public const string NoPlugin = "MCS307";

    /// <summary>The configuration does not allow it.</summary>
    public const string NotAllowed = "MCS308";

    /// <summary>The lock file cannot be read or written.</summary>
    public const string LockFile = "MCS309";

    /// <summary>What was asked for is no package id with a version.</summary>
    public const string BadRequest = "MCS310";
}
