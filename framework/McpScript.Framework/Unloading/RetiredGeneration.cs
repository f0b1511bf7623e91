namespace McpScript.Unloading;

/// <summary>A generation that is no longer served and not yet gone.</summary>
/// <param name="Plugin">Its plugin's name.</param>
/// <param name="Generation">Its number.</param>
/// <param name="State"><c>draining</c>, <c>unloading</c>, <c>collecting</c> or <c>lingering</c>.</param>
/// <param name="Detail">For a person: the calls it waits for, or the likely reason why it does not go.</param>
public sealed record RetiredGeneration(string Plugin, int Generation, string State, string Detail);
