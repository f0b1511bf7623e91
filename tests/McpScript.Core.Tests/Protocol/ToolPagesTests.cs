using CsCheck;
using McpScript.Catalogs;
using McpScript.Protocol;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Core.Tests.Protocol;

/// <summary>The list of tools comes whole from the SDK and leaves in pages.</summary>
public class ToolPagesTests
{
    static readonly McpServerTool ToolItem = TestPlugin.Tool("any");

    static readonly Gen<string> Letter = Gen.Char['a', 'h'].Select(letter => $"{letter}");

    [Theory]
    [InlineData(null, 4, "a b c d", null)]
    [InlineData(null, 5, "a b c d", null)]
    [InlineData(null, 3, "a b c", "c")]
    [InlineData(null, 1, "a", "a")]
    [InlineData("a", 2, "b c", "c")]
    [InlineData("b", 2, "c d", null)]
    [InlineData("a", 4, "b c d", null)]
    [InlineData("bb", 1, "c", "c")]
    [InlineData("d", 4, "", null)]
    [InlineData("z", 1, "", null)]
    public async Task A_page_follows_its_cursor_and_only_the_last_has_none(string? after, int size, string names, string? next)
    {
        var listed = await ListAsync(["a", "b", "c", "d"], after is null ? null : Pages.Encode(after), size);

        Assert.Equal((names, next), (Names(listed), listed.NextCursor is { } cursor ? Pages.Decode(cursor) : null));
    }

    [Fact]
    public async Task The_sdk_gets_no_cursor_because_it_would_return_an_empty_page()
    {
        var request = TestRequest.Of(new ListToolsRequestParams { Cursor = Pages.Encode("a") });

        await Filter(2, (inner, _) =>
        {
            Assert.Null(inner.Params!.Cursor);
            return new(Result(["a", "b"]));
        })(request, CancellationToken.None);

        Assert.Null(request.Params!.Cursor);
    }

    [Fact]
    public async Task A_list_that_fits_one_page_passes_as_it_is()
    {
        var whole = Result(["b", "a"]);
        whole.NextCursor = "the SDK's own";

        Assert.Same(whole, await Filter(2, (_, _) => new(whole))(TestRequest.Of(new ListToolsRequestParams()), CancellationToken.None));
        Assert.Equal(("b a", "the SDK's own"), (Names(whole), whole.NextCursor));
    }

    [Fact]
    public async Task A_request_without_parameters_is_one_for_the_first_page()
    {
        var listed = await Filter(1, (_, _) => new(Result(["a", "b"])))(TestRequest.Of<ListToolsRequestParams>(null!), CancellationToken.None);

        Assert.Equal(("a", Pages.Encode("a")), (Names(listed), listed.NextCursor));
    }

    [Fact]
    public async Task A_forged_cursor_is_refused_before_the_list_is_made()
    {
        var asked = false;
        var refused = await Assert.ThrowsAsync<McpProtocolException>(() => Filter(1, (_, _) =>
        {
            asked = true;
            return new(Result([]));
        })(TestRequest.Of(new ListToolsRequestParams { Cursor = "forged!" }), CancellationToken.None).AsTask());

        Assert.Equal((McpErrorCode.InvalidParams, false), (refused.ErrorCode, asked));
    }

    [Fact]
    public async Task The_callers_token_reaches_the_list()
    {
        using var caller = new CancellationTokenSource();
        CancellationToken seen = default;

        await Filter(1, (_, token) =>
        {
            seen = token;
            return new(Result([]));
        })(TestRequest.Of(new ListToolsRequestParams()), caller.Token);

        Assert.Equal(caller.Token, seen);
    }

    [Fact]
    public void Tools_are_paged_as_all_other_lists_are() => Gen.Select(Letter.HashSet[0, 8], Letter.Null(), Gen.Int[1, 9]).Sample((letters, after, size) =>
    {
        var names = letters.Order(StringComparer.Ordinal).ToArray();
        var cursor = after is null ? null : Pages.Encode(after);
        var expected = Pages.After([.. names.Select(name => new CatalogItem<McpServerTool>(name, ToolItem, null, ""))], cursor, size);

        var listed = ListAsync(names, cursor, size).GetAwaiter().GetResult();

        Assert.Equal((string.Join(' ', expected.Items.ToArray().Select(item => item.Id)), expected.Next), (Names(listed), listed.NextCursor));
    }, iter: 300);

    static async Task<ListToolsResult> ListAsync(string[] names, string? cursor, int size) =>
        await Filter(size, (_, _) => new(Result(names)))(TestRequest.Of(new ListToolsRequestParams { Cursor = cursor }), CancellationToken.None);

    static McpRequestHandler<ListToolsRequestParams, ListToolsResult> Filter(int size, McpRequestHandler<ListToolsRequestParams, ListToolsResult> next) =>
        new ToolPages(new() { PageSize = size }).Filter(next);

    static ListToolsResult Result(string[] names) => new() { Tools = [.. names.Select(name => new Tool { Name = name })] };

    static string Names(ListToolsResult listed) => string.Join(' ', listed.Tools.Select(tool => tool.Name));
}
