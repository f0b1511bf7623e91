namespace McpScript.Configuration.Schema;

/// <summary>A key with a changed value.</summary>
/// <param name="Path">The key, with the keys above it: <c>gate.groups</c>.</param>
/// <param name="AppliedLive">True if the change takes effect in a running program.</param>
readonly record struct KeyChange(string Path, bool AppliedLive);
