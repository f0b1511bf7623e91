using CsCheck;
using McpScript.Catalogs;
using McpScript.Model;

namespace McpScript.Core.Tests.Catalogs;

public class CurrentCatalogTests
{
    static readonly string[] AllWords =
        ["tool a", "tool a other", "tool b", "prompt a", "prompt a other", "resource demo://a", "resource demo://a other", "template demo://{a}", "command a"];

    readonly CurrentCatalog _served = new();

    [Fact]
    public void Nothing_is_served_before_the_first_catalog()
    {
        Assert.Same(Catalog.Empty, _served.Catalog);
        Assert.False(_served.IsClosed);
    }

    [Fact]
    public void A_swap_serves_the_catalog()
    {
        var next = Offering("tool say");

        Assert.Equal(ListKinds.Tools, _served.Swap(next));

        Assert.Same(next, _served.Catalog);
    }

    [Theory]
    [InlineData(ListKinds.Tools, "tool a")]
    [InlineData(ListKinds.Prompts, "prompt a")]
    [InlineData(ListKinds.Resources, "resource demo://a")]
    [InlineData(ListKinds.Resources, "template demo://{a}")]
    [InlineData(ListKinds.None, "command a")]
    public void An_item_that_is_added_changed_or_removed_changes_the_list_of_its_kind(ListKinds kinds, string word)
    {
        Assert.Equal(kinds, _served.Swap(Offering(word)));
        Assert.Equal(kinds, _served.Swap(Offering(word + " other")));
        Assert.Equal(kinds, _served.Swap(Offering()));
    }

    [Fact]
    public void The_same_items_of_another_generation_change_no_list()
    {
        _served.Swap(Offering("tool a", "prompt a"));

        Assert.Equal(ListKinds.None, _served.Swap(Offering("prompt a", "tool a")));
    }

    [Fact]
    public void A_closed_host_serves_nothing_and_raises_no_event()
    {
        _served.Swap(Offering("tool say"));

        _served.Close();

        Assert.Same(Catalog.Empty, _served.Catalog);
        Assert.True(_served.IsClosed);
    }

    [Fact]
    public void Exactly_the_lists_that_differ_are_reported()
    {
        var items = Gen.Shuffle(AllWords, 0, AllWords.Length).Select(words => words.DistinctBy(IdOf).ToArray());

        Gen.Select(items, items).Sample((before, next) =>
        {
            var served = new CurrentCatalog();
            served.Swap(Offering(before));

            Assert.Equal(Expected(before, next), served.Swap(Offering(next)));
        }, iter: 300);
    }

    static ListKinds Expected(string[] before, string[] next)
    {
        var different = before.Except(next).Concat(next.Except(before)).Select(word => word.Split(' ')[0]).ToHashSet();
        return (different.Contains("tool") ? ListKinds.Tools : 0) | (different.Contains("prompt") ? ListKinds.Prompts : 0)
            | (different.Overlaps(["resource", "template"]) ? ListKinds.Resources : 0);
    }

    static string IdOf(string word) => string.Join(' ', word.Split(' ').Take(2));

    static Catalog Offering(params string[] words) => Catalog.Of([TestItems.Plugin("first", words)], PluginPrimitives.Empty, out _);
}
