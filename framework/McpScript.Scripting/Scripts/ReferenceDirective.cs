namespace McpScript.Scripting.Scripts;

/// <summary>An <c>#r</c> directive.</summary>
/// <param name="Holder">Path of the file that contains it.</param>
/// <param name="Text">Text between the quotes.</param>
readonly record struct ReferenceDirective(string Holder, string Text);
