namespace McpScript.Packages;

/// <summary>A reason why packages are not available.</summary>
/// <param name="Message">The problem and how to fix it.</param>
/// <param name="Code">NuGet's code, such as <c>NU1101</c>, or one of <see cref="PackageProblemCodes"/>.</param>
sealed record PackageProblem(string Message, string Code);
