using McpScript.Catalogs;
using McpScript.Model;
using McpScript.Protocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Core.Tests.Protocol;

/// <summary>The lists of prompts, resources and templates are those of the catalog that is served now, in pages.</summary>
public class CurrentCatalogListsTests
{
    static readonly ServingOptions Options = new() { PageSize = 2 };

    readonly CurrentCatalog _served = new();

    public CurrentCatalogListsTests() => _served.Swap(Catalog.Of([], Items("c", "a", "b"), out _));

    [Fact]
    public async Task Prompts_are_listed_in_pages()
    {
        Assert.Equal(("a b", "b"), await PromptsAsync(null));
        Assert.Equal(("c", null), await PromptsAsync("b"));
    }

    [Fact]
    public async Task Resources_and_templates_are_two_lists_in_pages()
    {
        Assert.Equal(("a:x b:x", "b:x"), await ResourcesAsync(null));
        Assert.Equal(("c:x", null), await ResourcesAsync("b:x"));
        Assert.Equal(("a:{id} b:{id}", "b:{id}"), await TemplatesAsync(null));
        Assert.Equal(("c:{id}", null), await TemplatesAsync("b:{id}"));
    }

    [Fact]
    public async Task A_list_that_changed_in_between_goes_on_where_the_client_is()
    {
        var (_, cursor) = await PromptsAsync(null);

        _served.Swap(Catalog.Of([], Items("a", "aa", "bb", "d"), out _));

        Assert.Equal(("bb d", null), await PromptsAsync(cursor));
    }

    [Fact]
    public async Task Requests_without_parameters_are_for_the_first_page()
    {
        var resources = new ServedResources(_served, null!, Options);

        Assert.Equal(2, (await new ServedPrompts(_served, null!, Options).ListAsync(TestRequest.Of<ListPromptsRequestParams>(null!), default)).Prompts.Count);
        Assert.Equal(2, (await resources.ListAsync(TestRequest.Of<ListResourcesRequestParams>(null!), default)).Resources.Count);
        Assert.Equal(2, (await resources.ListTemplatesAsync(TestRequest.Of<ListResourceTemplatesRequestParams>(null!), default)).ResourceTemplates.Count);
    }

    async Task<(string Names, string? Next)> PromptsAsync(string? after)
    {
        var request = TestRequest.Of(new ListPromptsRequestParams { Cursor = Encode(after) });
        var listed = await new ServedPrompts(_served, null!, Options).ListAsync(request, default);
        return (string.Join(' ', listed.Prompts.Select(prompt => prompt.Name)), Decode(listed.NextCursor));
    }

    async Task<(string Uris, string? Next)> ResourcesAsync(string? after)
    {
        var request = TestRequest.Of(new ListResourcesRequestParams { Cursor = Encode(after) });
        var listed = await new ServedResources(_served, null!, Options).ListAsync(request, default);
        return (string.Join(' ', listed.Resources.Select(resource => resource.Uri)), Decode(listed.NextCursor));
    }

    async Task<(string Uris, string? Next)> TemplatesAsync(string? after)
    {
        var request = TestRequest.Of(new ListResourceTemplatesRequestParams { Cursor = Encode(after) });
        var listed = await new ServedResources(_served, null!, Options).ListTemplatesAsync(request, default);
        return (string.Join(' ', listed.ResourceTemplates.Select(template => template.UriTemplate)), Decode(listed.NextCursor));
    }

    static string? Encode(string? id) => id is null ? null : Pages.Encode(id);

    static string? Decode(string? cursor) => cursor is null ? null : Pages.Decode(cursor);

    static PluginPrimitives Items(params string[] names) => PluginPrimitives.Empty with
    {
        Prompts = [.. names.Select(name => McpServerPrompt.Create(() => name, new() { Name = name }))],
        Resources = [.. names.SelectMany(name => new[] { Resource(name, "x", () => name), Resource(name, "{id}", (string id) => id) })],
    };

    static McpServerResource Resource(string name, string path, Delegate read) =>
        McpServerResource.Create(read, new() { UriTemplate = $"{name}:{path}", Name = $"{name} {path}" });
}
