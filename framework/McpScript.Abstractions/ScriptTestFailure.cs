namespace McpScript;

/// <summary>A failed assertion of a test script.</summary>
/// <param name="Message">The expected and the actual value.</param>
/// <param name="File">Absolute path of the script; null if unknown.</param>
/// <param name="Line">Line number, from 1; null if unknown.</param>
public sealed record ScriptTestFailure(string Message, string? File = null, int? Line = null);
