namespace McpScript.Specs.Management;

/// <summary>The result of a command of the program.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Output">What it wrote to stdout.</param>
/// <param name="Errors">What it wrote to stderr.</param>
sealed record RunResult(int Code, string Output, string Errors);
