namespace McpScript.Configuration.Yaml;

/// <summary>One thing that is wrong with a value.</summary>
/// <param name="Line">From 1; 0 for a value that does not come from a file.</param>
/// <param name="Column">From 1; 0 for a value that does not come from a file.</param>
/// <param name="Message">What is wrong and how to cure it, beginning in lower case.</param>
readonly record struct YamlProblem(int Line, int Column, string Message);
