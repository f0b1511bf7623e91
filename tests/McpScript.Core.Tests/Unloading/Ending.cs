namespace McpScript.Core.Tests.Unloading;

/// <summary>One step in the end of a generation, as its code sees it.</summary>
/// <param name="What"><c>retiring</c>, <c>unloading</c>, <c>disposed</c> or <c>unloaded</c>.</param>
/// <param name="Calls">Number of calls that run at that time.</param>
/// <param name="At">Time since the test began.</param>
sealed record Ending(string What, int Calls, TimeSpan At);
