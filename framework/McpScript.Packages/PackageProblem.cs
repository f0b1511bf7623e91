namespace McpScript.Packages;

/// <summary>One reason why packages cannot be had.</summary>
/// <param name="Message">What is wrong and how to mend it.</param>
/// <param name="Code">NuGet's code, such as <c>NU1101</c>, or ours.</param>
sealed record PackageProblem(string Message, string Code);
