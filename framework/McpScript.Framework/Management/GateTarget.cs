namespace McpScript.Management;

/// <summary>Target of an operator's unlock or lock; at most one member is set.</summary>
/// <param name="Session">A session's id, or the beginning of it as status and refusals show it.</param>
/// <param name="Principal">Name of an authenticated caller.</param>
/// <param name="Anonymous">True for all callers without session and identity.</param>
sealed record GateTarget(string? Session = null, string? Principal = null, bool Anonymous = false)
{
    /// <summary>True if no target is named.</summary>
    public bool IsEmpty => this is { Session: null or "", Principal: null or "", Anonymous: false };
}
