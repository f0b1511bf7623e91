using System.Text.Json;
using McpScript.CallLog;

namespace McpScript.Framework.Tests.Invocation;

/// <summary>More calls at once than the queue of the call log holds. All else about the call log is in Core.Tests.</summary>
public sealed class CallLogLoadTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("mcpscript-logs-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Fifty_thousand_calls_from_many_threads_are_all_logged()
    {
        const int callers = 10, each = 5_000;
        await using (var logger = new BackgroundToolLogger(new CompositeToolLogger([new JsonlToolLogger(_folder)]), Redaction.Default))
        {
            await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
            {
                for (var i = 0; i < each; i++)
                    await logger.WriteAsync(Call($"{caller}/{i}"));
            })));
            await logger.DisposeAsync();
            Assert.Equal(0, logger.Dropped);
        }

        var ids = File.ReadLines(Path.Combine(_folder,
            "tool_calls.jsonl")).Select(line => JsonElement.Parse(line).GetProperty("params").GetProperty("id").GetString()).ToHashSet();
        Assert.Equal(callers * each, ids.Count);
    }

    static ToolCall Call(string id) => new()
    {
        Time = new(2026, 11, 22, 5, 18, 12, TimeSpan.FromHours(1)), Tool = "echo", Params = [new("id", JsonSerializer.SerializeToElement(id))],
        Result = "done", Ok = true,
    };
}
