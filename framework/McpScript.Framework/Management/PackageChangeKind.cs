namespace McpScript.Management;

/// <summary>What was done with a package, or why not.</summary>
enum PackageChangeKind
{
    /// <summary>It is installed, or another version of it is.</summary>
    Installed,

    /// <summary>It was installed like that already.</summary>
    Unchanged,

    /// <summary>It is not installed any more.</summary>
    Uninstalled,

    /// <summary>What was asked for makes no sense.</summary>
    Malformed,

    /// <summary>The configuration does not allow it.</summary>
    NotAllowed,

    /// <summary>It is not installed, or not to be found.</summary>
    NotFound,

    /// <summary>A name that it wants is taken.</summary>
    Collision,

    /// <summary>It cannot be had, or cannot be loaded.</summary>
    Failed,
}
