namespace McpScript.Benchmarks.Peers;

/// <summary>One client that waits for each of its answers.</summary>
interface ICaller : IDisposable
{
    /// <summary>Calls the tool so many times.</summary>
    Task CallAsync(int times);
}
