namespace McpScript.Management;

/// <summary>An event in the proxy.</summary>
/// <param name="Kind"><c>load</c>, <c>reload</c>, <c>unload</c>, <c>failure</c> or <c>call</c>.</param>
/// <param name="At">Time of the event.</param>
/// <param name="Data">Details of the event.</param>
sealed record ProxyEvent(string Kind, DateTimeOffset At, object Data);
