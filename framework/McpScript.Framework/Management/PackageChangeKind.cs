namespace McpScript.Management;

/// <summary>Kinds of outcomes of a change of packages.</summary>
enum PackageChangeKind
{
    /// <summary>The package is installed, or was updated to another version.</summary>
    Installed,

    /// <summary>The same version was installed already.</summary>
    Unchanged,

    /// <summary>The package is not installed any more.</summary>
    Uninstalled,

    /// <summary>The request is invalid.</summary>
    Malformed,

    /// <summary>The configuration does not allow the change.</summary>
    NotAllowed,

    /// <summary>The package is not installed, or was not found.</summary>
    NotFound,

    /// <summary>A name of the plugin is already taken.</summary>
    Collision,

    /// <summary>The package cannot be downloaded or loaded.</summary>
    Failed,
}
