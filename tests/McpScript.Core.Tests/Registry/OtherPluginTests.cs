using McpScript.Core.Tests.Unloading;
using McpScript.Model;

namespace McpScript.Core.Tests.Registry;

/// <summary>A plugin that is not code in this process goes through registry, catalog, leases and retirement as any other.</summary>
public sealed class OtherPluginTests : IAsyncDisposable
{
    readonly OtherLoader _other = new(TimeProvider.System);
    readonly TestRegistry _test;

    public OtherPluginTests() => _test = new(_other, _other);

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Fact]
    public async Task It_is_published_reloaded_and_unloaded_and_ends_after_its_last_call()
    {
        _other.Tools = ["ask"];
        Assert.True((await _test.Registry.LoadAsync("remote").Soon()).Ok);
        var first = _test.Live("remote");
        await first.Activation.Soon();
        var call = first.Leases.TryTake()!;

        _other.Tools = ["ask", "tell"];
        var reload = await _test.Registry.ReloadAsync("remote").Soon();
        Assert.Equal(["tell"], reload.Added);
        Assert.Equal(["ask", "tell"], _test.Tools);
        await _test.Live("remote").Activation.Soon();
        Assert.True(first.Retiring.IsCancellationRequested);
        Assert.Equal(("remote", 1, "draining"), _test.Registry.Retired.Select(retired => (retired.Plugin, retired.Generation, retired.State)).Single());
        Assert.DoesNotContain("dispose 1", _other.Steps);

        call.Dispose();
        await _test.RetiredAsync();
        Assert.True((await _test.Registry.UnloadAsync("remote").Soon()).Ok);
        await _test.RetiredAsync();

        Assert.Equal(
            ["commit 1", "live 1", "commit 2", "live 2", "dispose 1", "release 1", "dispose 2", "release 2"], _other.Steps.Where(step => step != "forget"));
        Assert.Single(_other.Steps, "forget");
        Assert.Empty(_test.Registry.Retired);
        Assert.Equal(0, _test.Registry.LiveGenerations);
        Assert.Empty(_test.Tools);
    }

    [Fact]
    public async Task It_changes_its_items_in_one_swap_and_not_after_it_is_retired()
    {
        _other.Tools = ["ask"];
        await _test.Registry.LoadAsync("remote").Soon();
        var plugin = _test.Live("remote");

        await _test.Catalog.UpdateAsync(plugin, items => items with { Tools = [TestPlugin.Tool("listed_anew")] }).Soon();
        Assert.Equal(["listed_anew"], _test.Tools);

        await _test.Registry.ReloadAsync("remote").Soon();
        await Assert.ThrowsAsync<InvalidOperationException>(() => _test.Catalog.UpdateAsync(plugin, _ => PluginPrimitives.Empty).Soon());
        Assert.Equal(["ask"], _test.Tools);
    }
}
