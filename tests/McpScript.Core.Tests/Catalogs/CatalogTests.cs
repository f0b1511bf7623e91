using McpScript.Catalogs;
using McpScript.Model;
using ModelContextProtocol.Server;

namespace McpScript.Core.Tests.Catalogs;

public class CatalogTests
{
    [Fact]
    public void The_first_plugin_in_the_list_keeps_a_contested_tool_name()
    {
        var (first, second) = (TestPlugin.Create("first", "say", "own"), TestPlugin.Create("second", "say"));

        var catalog = Catalog.Of([first, second], PluginPrimitives.Empty, out var collisions);

        Assert.Same(first, catalog.Tools.Items.Single(item => item.Id == "say").Owner);
        var collision = Assert.Single(collisions);
        Assert.Equal((second, first, "say"), (collision.Loser, collision.Owner, collision.Id));
    }

    [Theory]
    [InlineData("tool", "tool say")]
    [InlineData("prompt", "prompt say")]
    [InlineData("resource", "resource demo://say")]
    [InlineData("resource template", "template demo://{say}")]
    [InlineData("command", "command say")]
    public void A_second_item_of_the_same_kind_and_id_is_a_collision(string kind, string word)
    {
        var (first, second) = (TestItems.Plugin("first", word), TestItems.Plugin("second", word + " other"));

        Catalog.Of([first, second], PluginPrimitives.Empty, out var collisions);

        Assert.Equal([new Collision(kind, word.Split(' ')[1], second, first)], collisions);
    }

    [Fact]
    public void Items_of_different_kinds_may_share_an_id_and_each_stands_in_its_own_set()
    {
        var plugin = TestItems.Plugin("first", "tool say", "prompt say", "command say", "resource demo://say", "template demo://{say}");

        var catalog = Catalog.Of([plugin], PluginPrimitives.Empty, out var collisions);

        Assert.Empty(collisions);
        Assert.Equal(("say", "say", "say"), (IdOf(catalog.Tools), IdOf(catalog.Prompts), IdOf(catalog.Commands)));
        Assert.Equal(("demo://say", "demo://{say}"), (IdOf(catalog.Resources), IdOf(catalog.Templates)));
    }

    [Fact]
    public void An_item_carries_its_object_its_owner_and_what_clients_see_of_it()
    {
        var plugin = TestItems.Plugin("first", "tool say hello", "command clean all");

        var catalog = Catalog.Of([plugin], PluginPrimitives.Empty, out _);

        var tool = catalog.Tools.Items.Single();
        Assert.Equal((plugin.Items.Tools[0], plugin, "first"), (tool.Primitive, tool.Owner, tool.OwnerName));
        Assert.Equal(Definitions.Of(plugin.Items.Tools[0]), tool.Definition);
        Assert.Equal("all", catalog.Commands.Items.Single().Definition);
    }

    [Fact]
    public void Items_of_the_host_are_in_the_sets_without_an_owner()
    {
        var host = TestItems.Of("tool proxy__list", "prompt help", "resource demo://help", "template demo://{help}", "command stop");

        var catalog = Catalog.Of([], host, out var collisions);

        Assert.Empty(collisions);
        Assert.Same(host, catalog.Host);
        var tool = catalog.Tools.Items.Single();
        Assert.Equal(("proxy__list", null, "the proxy itself"), (tool.Id, tool.Owner, tool.OwnerName));
        Assert.Equal(("help", "stop"), (IdOf(catalog.Prompts), IdOf(catalog.Commands)));
        Assert.Equal(("demo://help", "demo://{help}"), (IdOf(catalog.Resources), IdOf(catalog.Templates)));
        Assert.Contains("proxy__list", tool.Definition);
    }

    [Fact]
    public void A_plugin_that_has_a_name_of_the_host_loses_it()
    {
        var (host, plugin) = (TestItems.Of("tool say"), TestItems.Plugin("first", "tool say other", "tool own"));

        var catalog = Catalog.Of([plugin], host, out var collisions);

        Assert.Equal([new Collision("tool", "say", plugin, null)], collisions);
        Assert.Null(catalog.Tools.Items.Single(item => item.Id == "say").Owner);
        Assert.Same(plugin, catalog.Tools.Items.Single(item => item.Id == "own").Owner);
    }

    [Fact]
    public void A_plugin_does_not_get_a_reserved_name()
    {
        var plugin = TestItems.Plugin("first", "tool proxy__own", "prompt proxy__own");

        var catalog = Catalog.Of([plugin], PluginPrimitives.Empty, out var collisions);

        Assert.Equal([new Collision("tool", "proxy__own", plugin, null)], collisions);
        Assert.Empty(catalog.Tools.Items);
        Assert.Equal("proxy__own", IdOf(catalog.Prompts));
    }

    [Fact]
    public void Gate_names_are_reserved_while_the_host_has_a_gate_tool()
    {
        var plugin = TestItems.Plugin("first", "tool gate_own");

        Catalog.Of([plugin], TestItems.Of("tool gate_unlock"), out var reserved);
        Catalog.Of([plugin], TestItems.Of("prompt gate_unlock"), out var free);

        Assert.Equal([new Collision("tool", "gate_own", plugin, null)], reserved);
        Assert.Empty(free);
    }

    [Fact]
    public void Plugins_stand_in_load_order_and_are_found_by_name_whatever_its_case()
    {
        var (first, second) = (TestItems.Plugin("first"), TestItems.Plugin("second"));

        var catalog = Catalog.Of([second, first], PluginPrimitives.Empty, out _);

        Assert.Equal([second, first], catalog.Plugins);
        Assert.Same(first, catalog.Find(new("FIRST")));
        Assert.Null(catalog.Find(new("third")));
    }

    [Fact]
    public void A_catalog_in_another_order_serves_the_same()
    {
        var first = TestItems.Plugin("first", "tool say", "prompt p", "command c");
        var second = TestItems.Plugin("second", "resource demo://r", "template demo://{t}");
        var catalog = Catalog.Of([first, second], TestItems.Of("tool proxy__list"), out _);

        var turned = catalog.InOrder([second, first]);

        Assert.Equal([second, first], turned.Plugins);
        Assert.Same(catalog.Tools, turned.Tools);
        Assert.Same(catalog.Prompts, turned.Prompts);
        Assert.Same(catalog.Resources, turned.Resources);
        Assert.Same(catalog.Templates, turned.Templates);
        Assert.Same(catalog.Commands, turned.Commands);
        Assert.Same(catalog.Host, turned.Host);
    }

    [Fact]
    public void The_empty_catalog_has_nothing()
    {
        var empty = Catalog.Empty;

        Assert.True(empty.Host.IsEmpty && empty.Plugins.IsEmpty && empty.Tools.Items.IsEmpty && empty.Prompts.Items.IsEmpty);
        Assert.True(empty.Resources.Items.IsEmpty && empty.Templates.Items.IsEmpty && empty.Commands.Items.IsEmpty);
    }

    static string IdOf<T>(CatalogSet<T> set) where T : IMcpServerPrimitive => set.Items.Single().Id;
}
