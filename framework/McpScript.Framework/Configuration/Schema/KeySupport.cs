namespace McpScript.Configuration.Schema;

/// <summary>Support of a key in this version.</summary>
public enum KeySupport
{
    /// <summary>The key takes effect.</summary>
    Full,

    /// <summary>The Python original knows the key, but never used it; its use causes a warning.</summary>
    Ignored,
}
