using McpScript.Catalogs;
using McpScript.Model;

namespace McpScript.Core.Tests.Catalogs;

public class CatalogSwapTests
{
    const int Swaps = 1000, Readers = 2;

    readonly CurrentCatalog _served = new();
    readonly Catalog[] _catalogs = [Of("odd"), Of("even")];
    readonly long[] _reads = new long[Readers];
    volatile bool _over;

    [Fact]
    public async Task Readers_never_miss_a_tool_that_all_catalogs_have_and_never_see_two_catalogs_at_once()
    {
        _served.Swap(_catalogs[0]);
        var readers = Enumerable.Range(0, Readers).Select(reader => Start(() => Read(reader))).ToArray();

        // As many swaps as it takes until every reader has read in between.
        for (var swap = 0; (swap < Swaps || !HaveAllRead()) && !readers.Any(reader => reader.IsCompleted); swap++)
            _served.Swap(_catalogs[swap % 2]);
        _over = true;

        await Task.WhenAll(readers);
    }

    // Not on a thread of the pool, which may have none left.
    static Task Start(Action action) => Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    void Read(int reader)
    {
        for (; !_over; Interlocked.Increment(ref _reads[reader]))
        {
            var catalog = _served.Catalog;
            Assert.True(catalog.Tools.TryGet("both", out _), "The tool of both catalogs was not found.");
            Assert.NotEqual(catalog.Tools.TryGet("odd", out _), catalog.Tools.TryGet("even", out _));
        }
    }

    bool HaveAllRead() => Enumerable.Range(0, Readers).All(reader => Interlocked.Read(ref _reads[reader]) >= Swaps);

    static Catalog Of(string name) => Catalog.Of([TestItems.Plugin(name, $"tool {name}", "tool both")], PluginPrimitives.Empty, out _);
}
