namespace McpScript.Management;

/// <summary>For whom an operator unlocks or locks.</summary>
/// <param name="Session">A session's id, or the beginning of it that status and refusals show.</param>
/// <param name="Principal">An authenticated caller's name.</param>
/// <param name="Anonymous">All callers without session and identity.</param>
sealed record GateTarget(string? Session = null, string? Principal = null, bool Anonymous = false)
{
    /// <summary>True if nobody is named.</summary>
    public bool IsEmpty => this is { Session: null or "", Principal: null or "", Anonymous: false };
}
