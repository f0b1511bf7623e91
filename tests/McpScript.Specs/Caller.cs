using McpScript.Testing;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpScript.Specs;

/// <summary>Calls repeatedly, without pause, until cancelled; any failure fails the spec.</summary>
static class Caller
{
    /// <summary>Calls a tool; returns how often.</summary>
    public static Task<int> CallAsync(McpClient client, string tool, CancellationToken enough, object? arguments = null) => RepeatAsync(enough, async () =>
    {
        var values = arguments?.GetType().GetProperties().ToDictionary(property => property.Name, property => property.GetValue(arguments));
        var result = await client.CallToolAsync(tool, values);
        Assert.False(result.IsError ?? false, string.Concat(result.Content.OfType<TextContentBlock>().Select(block => block.Text)));
    });

    /// <summary>Does something; returns how often, at least once.</summary>
    public static Task<int> RepeatAsync(CancellationToken enough, Func<Task> action) => Task.Run(async () =>
    {
        var count = 0;
        for (; !enough.IsCancellationRequested || count == 0; count++)
            await action().WaitAsync(TestHost.Patience);
        return count;
    });
}
