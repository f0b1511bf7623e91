using System.Text.Json.Nodes;
using McpScript.Testing;
using McpScript.Testing.Processes;

namespace McpScript.Specs.Management;

/// <summary>Watches the counters of <c>/health/detailed</c>.</summary>
static class HealthCounters
{
    /// <summary>Asks until it is as expected: what a counter counts may end a moment after its answer has been read.</summary>
    public static async Task<JsonObject> DetailedUntilAsync(this ProxyProcess proxy, Func<JsonObject, bool> expected)
    {
        using var end = new CancellationTokenSource(TestHost.Patience);
        while (true)
        {
            var detailed = (await proxy.HealthAsync("/health/detailed")).Json;
            if (expected(detailed))
                return detailed;
            Assert.False(end.IsCancellationRequested, detailed.ToJsonString());
        }
    }
}
