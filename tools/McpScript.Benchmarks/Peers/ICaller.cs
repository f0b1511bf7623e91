namespace McpScript.Benchmarks.Peers;

/// <summary>Client that repeats a tool call and waits for the responses.</summary>
interface ICaller : IDisposable
{
    /// <summary>Calls the tool a number of times.</summary>
    Task CallAsync(int times);
}
