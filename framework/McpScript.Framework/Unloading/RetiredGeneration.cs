namespace McpScript.Unloading;

/// <summary>A generation that is no longer served, and not collected yet.</summary>
/// <param name="Plugin">The plugin's name.</param>
/// <param name="Generation">The number of the generation.</param>
/// <param name="State"><c>draining</c>, <c>unloading</c>, <c>collecting</c> or <c>lingering</c>.</param>
/// <param name="Detail">A text for users: the calls that it waits for, or the likely reason why it stays in memory.</param>
public sealed record RetiredGeneration(string Plugin, int Generation, string State, string Detail);
