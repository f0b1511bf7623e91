namespace McpScript;

/// <summary>An expectation of a test script that was not met.</summary>
/// <param name="Message">What was expected and what was there.</param>
/// <param name="File">Absolute path of the script; null if it is not known.</param>
/// <param name="Line">From 1; null if it is not known.</param>
public sealed record ScriptTestFailure(string Message, string? File = null, int? Line = null);
