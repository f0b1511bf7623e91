namespace McpScript.Configuration.Schema;

/// <summary>Whether a key does something in this version.</summary>
public enum KeySupport
{
    /// <summary>It takes effect.</summary>
    Full,

    /// <summary>It is known and checked, but its feature is not there yet; using it is warned about.</summary>
    NotYet,

    /// <summary>The Python original knows it and never used it; using it is warned about.</summary>
    Ignored,
}
