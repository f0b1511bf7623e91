namespace McpScript.Configuration.Yaml;

/// <summary>A problem with a value.</summary>
/// <param name="Line">Line number, from 1; 0 for a value that does not come from a file.</param>
/// <param name="Column">Column number, from 1; 0 for a value that does not come from a file.</param>
/// <param name="Message">The problem and how to fix it, beginning in lower case.</param>
readonly record struct YamlProblem(int Line, int Column, string Message);
