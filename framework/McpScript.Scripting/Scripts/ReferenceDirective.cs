namespace McpScript.Scripting.Scripts;

/// <summary>One <c>#r</c>.</summary>
/// <param name="Holder">The file that it stands in.</param>
/// <param name="Text">What it says.</param>
readonly record struct ReferenceDirective(string Holder, string Text);
