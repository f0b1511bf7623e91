using McpScript.Catalogs;
using ModelContextProtocol.Server;

namespace McpScript.Core.Tests.Catalogs;

public class CatalogSetTests
{
    [Fact]
    public void Items_are_listed_in_the_ordinal_order_of_their_ids() =>
        Assert.Equal(["B", "_", "a", "b"], Tools("b", "_", "a", "B").Items.Select(item => item.Id));

    [Fact]
    public void An_item_is_found_by_its_exact_id()
    {
        var tools = Tools("say", "sing");

        Assert.True(tools.TryGet("sing", out var found));
        Assert.Equal("sing", found.Id);
        Assert.False(tools.TryGet("SING", out var missing));
        Assert.Null(missing);
    }

    [Fact]
    public void The_empty_set_has_nothing()
    {
        Assert.Empty(CatalogSet<McpServerTool>.Empty.Items);
        Assert.False(CatalogSet<McpServerTool>.Empty.TryGet("say", out _));
    }

    [Fact]
    public void Two_items_of_one_id_are_refused() => Assert.Throws<ArgumentException>(() => Tools("say", "say"));

    [Fact]
    public void A_set_equals_itself_and_another_set_with_the_same_definitions()
    {
        var tools = Tools("say", "sing");

        Assert.True(tools.IsEquivalentTo(tools));
        Assert.True(tools.IsEquivalentTo(Tools("sing", "say")));
    }

    [Fact]
    public void The_owner_and_the_object_are_not_compared() => Assert.True(Of(Item("say", "same")).IsEquivalentTo(Of(Item("say", "same", "other"))));

    [Fact]
    public void A_set_differs_when_one_definition_differs_at_any_position()
    {
        var before = Of(Item("a", "1"), Item("b", "1"), Item("c", "1"));

        Assert.False(before.IsEquivalentTo(Of(Item("a", "2"), Item("b", "1"), Item("c", "1"))));
        Assert.False(before.IsEquivalentTo(Of(Item("a", "1"), Item("b", "1"), Item("c", "2"))));
    }

    [Fact]
    public void A_set_differs_when_an_id_differs_even_with_the_same_definition() => Assert.False(Of(Item("a", "1")).IsEquivalentTo(Of(Item("b", "1"))));

    [Fact]
    public void A_set_differs_with_an_item_more_or_less()
    {
        var (one, two) = (Of(Item("a", "1")), Of(Item("a", "1"), Item("b", "1")));

        Assert.False(one.IsEquivalentTo(two));
        Assert.False(two.IsEquivalentTo(one));
        Assert.False(CatalogSet<McpServerTool>.Empty.IsEquivalentTo(one));
    }

    static CatalogSet<McpServerTool> Tools(params string[] ids) => Of([.. ids.Select(id => Item(id, $"definition of {id}"))]);

    static CatalogSet<McpServerTool> Of(params CatalogItem<McpServerTool>[] items) => CatalogSet<McpServerTool>.Of(items);

    static CatalogItem<McpServerTool> Item(string id, string definition, string owner = "first") =>
        new(id, (McpServerTool)TestItems.Make($"tool {id}"), TestItems.Plugin(owner), definition);
}
