namespace McpScript.Configuration.Schema;

/// <summary>A key whose value is another one than before.</summary>
/// <param name="Path">The key, with those above it: <c>gate.groups</c>.</param>
/// <param name="AppliedLive">True if that takes effect in a running program.</param>
readonly record struct KeyChange(string Path, bool AppliedLive);
