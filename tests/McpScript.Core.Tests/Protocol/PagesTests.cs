using System.Collections.Immutable;
using CsCheck;
using McpScript.Catalogs;
using McpScript.Protocol;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace McpScript.Core.Tests.Protocol;

/// <summary>Paging loses nothing and repeats nothing, also while the list changes, and a cursor from anywhere does no harm.</summary>
public class PagesTests
{
    static readonly McpServerTool ToolItem = TestPlugin.Tool("any");

    // Few letters, so that ids share beginnings; some are beyond ASCII, where the ordinal order is not that of any culture.
    static readonly Gen<string> Id = Gen.Char["aAbZ_é漢"].Array[1, 4].Select(letters => new string(letters));

    static readonly Gen<ImmutableArray<CatalogItem<McpServerTool>>> Lists = Id.HashSet[0, 12].Select(ids => List([.. ids]));

    [Fact]
    public void A_page_has_as_many_items_as_its_size_and_continues_behind_the_last_of_them()
    {
        var list = List("a", "b", "c", "d", "e");

        Assert.Equal(("a b", "b"), Page(list, null, 2));
        Assert.Equal(("c d", "d"), Page(list, "b", 2));
        Assert.Equal(("e", null), Page(list, "d", 2));
    }

    [Theory]
    [InlineData(0, 1, "", null)]
    [InlineData(3, 4, "a b c", null)]
    [InlineData(3, 3, "a b c", null)]
    [InlineData(3, 2, "a b", "b")]
    [InlineData(3, 1, "a", "a")]
    [InlineData(3, int.MaxValue, "a b c", null)]
    public void The_last_page_has_no_cursor_even_if_it_is_full(int count, int size, string ids, string? next) =>
        Assert.Equal((ids, next), Page(List([.. "abc".Take(count).Select(letter => $"{letter}")]), null, size));

    [Theory]
    [InlineData("b", "c d", null)]
    [InlineData("c", "d", null)]
    [InlineData("A", "a c", "c")]
    [InlineData("d", "", null)]
    [InlineData("z", "", null)]
    public void A_cursor_of_an_item_that_is_gone_continues_where_the_item_was(string cursor, string ids, string? next) =>
        Assert.Equal((ids, next), Page(List("a", "c", "d"), cursor, 2));

    [Fact]
    public void The_largest_page_size_does_not_overflow_after_a_cursor() => Assert.Equal(("b c", null), Page(List("a", "b", "c"), "a", int.MaxValue));

    [Fact]
    public void The_order_is_the_ordinal_order_of_the_catalog() => Assert.Equal(("a b é", null), Page(List("B", "Z", "a", "b", "é"), "Z", 9));

    [Fact]
    public void All_pages_together_are_the_list() => Gen.Select(Lists, Gen.Int[1, 5]).Sample((list, size) =>
    {
        var (listed, cursor) = (new List<string>(), (string?)null);
        do
        {
            var (page, next) = Pages.After(list, cursor, size);
            Assert.True(page.Length == size || next is null, "Only the last page may be shorter.");
            Assert.True(page.Length > 0 || list.IsEmpty, "A page that was announced has something in it.");
            listed.AddRange(page.ToArray().Select(item => item.Id));
            cursor = next;
        }
        while (cursor is not null);
        Assert.Equal(list.Select(item => item.Id), listed);
    }, iter: 500);

    [Fact]
    public void An_item_that_stays_in_a_changing_list_is_listed_once() => Gen.Select(Lists, Lists.Array[1, 4], Gen.Int[1, 3]).Sample((always, others, size) =>
    {
        var (listed, cursor, at) = (new List<string>(), (string?)null, 0);
        do
        {
            // Another list for each page; a part of it is in all of them.
            var list = List([.. always.Concat(others[at++ % others.Length]).Select(item => item.Id).Distinct()]);
            var (page, next) = Pages.After(list, cursor, size);
            listed.AddRange(page.ToArray().Select(item => item.Id));
            cursor = next;
        }
        while (cursor is not null);
        Assert.Equal(listed.Distinct(), listed);
        Assert.Equal(listed.Order(StringComparer.Ordinal), listed);
        Assert.Empty(always.Select(item => item.Id).Except(listed));
    }, iter: 500);

    [Fact]
    public void A_cursor_returns_the_id_that_it_was_created_from() =>
        Gen.Char.Where(letter => !char.IsSurrogate(letter)).Array[0, 20].Select(letters => new string(letters)).Sample(id =>
    {
        var cursor = Pages.Encode(id);
        Assert.Equal(id, Pages.Decode(cursor));
        Assert.True(cursor.All(char.IsAscii));
    }, iter: 500);

    [Theory]
    [InlineData("x")]
    [InlineData("a page")]
    [InlineData("!!!!")]
    [InlineData("YQ=")]
    [InlineData("YQ==YQ==")]
    [InlineData("ÿÿÿÿ")]
    public void A_cursor_that_the_server_did_not_issue_is_an_invalid_parameter(string cursor)
    {
        var refused = Assert.Throws<McpProtocolException>(() => Pages.After(List("a"), cursor, 1));

        Assert.Equal(McpErrorCode.InvalidParams, refused.ErrorCode);
        Assert.Equal("The cursor is not one of this server's; start again without one.", refused.Message);
    }

    [Fact]
    public void A_forged_cursor_leads_to_a_part_of_the_list_or_is_refused() => Gen.Select(Lists, Cursor()).Sample((list, cursor) =>
    {
        try
        {
            var (page, next) = Pages.After(list, cursor, 2);
            Assert.True(page.Length <= 2);
            Assert.Equal(page.Length == 0 || page.Span[^1].Id == list[^1].Id, next is null);
        }
        catch (McpProtocolException e)
        {
            Assert.Equal(McpErrorCode.InvalidParams, e.ErrorCode);
        }
    }, iter: 500);

    [Fact]
    public void An_empty_cursor_begins_at_the_start() => Assert.Equal(("a", "a"), Page(List("a", "b"), "", 1));

    // Text of any kind, bytes that are no text, and cursors of ids that were never listed.
    static Gen<string> Cursor() => Gen.OneOf(Gen.String, Gen.Byte.Array[0, 12].Select(Convert.ToBase64String), Id.Select(Pages.Encode));

    static (string Ids, string? Next) Page(ImmutableArray<CatalogItem<McpServerTool>> list, string? after, int size)
    {
        var (page, next) = Pages.After(list, after is null ? null : Pages.Encode(after), size);
        return (string.Join(' ', page.ToArray().Select(item => item.Id)), next is null ? null : Pages.Decode(next));
    }

    static ImmutableArray<CatalogItem<McpServerTool>> List(params string[] ids) =>
        CatalogSet<McpServerTool>.Of(ids.Select(id => new CatalogItem<McpServerTool>(id, ToolItem, null, ""))).Items;
}
