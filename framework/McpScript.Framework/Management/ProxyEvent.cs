namespace McpScript.Management;

/// <summary>Something that happened.</summary>
/// <param name="Kind"><c>load</c>, <c>reload</c>, <c>unload</c>, <c>failure</c> or <c>call</c>.</param>
/// <param name="At">When.</param>
/// <param name="Data">What is known of it.</param>
sealed record ProxyEvent(string Kind, DateTimeOffset At, object Data);
