using McpScript.Catalogs;
using McpScript.Core.Tests.Unloading;
using McpScript.Registry;

namespace McpScript.Core.Tests.Registry;

/// <summary>Notifications of clients when the catalog changes.</summary>
public sealed class CatalogWriterTests
{
    [Fact]
    public async Task A_published_catalog_is_served_before_subscribers_are_notified()
    {
        var served = new CurrentCatalog();
        var heard = new List<(bool, ListKinds)>();
        var writer = new CatalogWriter(served, new RecordedNotifications(lists => heard.Add((served.Catalog.Tools.TryGet("say", out _), lists))));
        writer.Changed += lists => heard.Add((served.Catalog.Tools.TryGet("say", out _), lists));

        await writer.UpdateHostAsync(_ => TestItems.Of("tool say")).Soon();

        Assert.Equal([(true, ListKinds.Tools), (true, ListKinds.Tools)], heard);
    }

    [Fact]
    public async Task Each_change_is_announced_once_with_the_lists_that_look_different()
    {
        var clients = new RecordedNotifications();
        var writer = new CatalogWriter(new(), clients);

        foreach (var words in (string[][])[["tool a", "prompt a"], ["tool a", "prompt a other"], ["tool a"], ["tool a", "resource demo://a"], ["command a"]])
            await writer.UpdateHostAsync(_ => TestItems.Of(words)).Soon();

        Assert.Equal(
            [
                ListKinds.Tools | ListKinds.Prompts, ListKinds.Prompts, ListKinds.Prompts, ListKinds.Resources, ListKinds.Tools | ListKinds.Resources,
            ],
            clients.Lists);
    }

    [Fact]
    public async Task A_rejected_change_is_not_announced()
    {
        await using var test = new TestRegistry();
        test.Source.Put("echo", mcp => mcp.Tool("say", "", () => ""));
        await test.Registry.LoadAsync("echo").Soon();
        test.Clients.Lists.Clear();

        await Assert.ThrowsAsync<InvalidOperationException>(() => test.Catalog.UpdateHostAsync(_ => TestItems.Of("tool say")).Soon());

        Assert.Empty(test.Clients.Lists);
    }

    [Fact]
    public async Task A_closed_host_serves_nothing_and_raises_no_event()
    {
        await using var test = new TestRegistry();
        test.Source.Put("echo", mcp => mcp.Tool("say", "", () => ""));
        await test.Registry.LoadAsync("echo").Soon();
        test.Clients.Lists.Clear();

        await test.ShutdownAsync();

        Assert.Same(Catalog.Empty, test.Served.Catalog);
        Assert.Empty(test.Clients.Lists);
    }
}
