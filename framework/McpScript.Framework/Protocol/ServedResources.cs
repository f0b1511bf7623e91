using McpScript.Catalogs;
using McpScript.Invocation;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Protocol;

/// <summary>Lists and reads resources and resource templates from the catalog.</summary>
sealed class ServedResources(CurrentCatalog served, PluginInvoker calls, ServingOptions options)
{
    /// <summary><c>resources/list</c></summary>
    public ValueTask<ListResourcesResult> ListAsync(RequestContext<ListResourcesRequestParams> request, CancellationToken cancellationToken)
    {
        var (items, next) = Pages.After(served.Catalog.Resources.Items, request.Params?.Cursor, options.PageSize);
        return new(new ListResourcesResult { Resources = [.. items.ToArray().Select(item => item.Primitive.ProtocolResource!)], NextCursor = next });
    }

    /// <summary><c>resources/templates/list</c></summary>
    public ValueTask<ListResourceTemplatesResult> ListTemplatesAsync(
        RequestContext<ListResourceTemplatesRequestParams> request, CancellationToken cancellationToken)
    {
        var (items, next) = Pages.After(served.Catalog.Templates.Items, request.Params?.Cursor, options.PageSize);
        return new(new ListResourceTemplatesResult
        {
            ResourceTemplates = [.. items.ToArray().Select(item => item.Primitive.ProtocolResourceTemplate)], NextCursor = next,
        });
    }

    /// <summary><c>resources/read</c></summary>
    public ValueTask<ReadResourceResult> ReadAsync(RequestContext<ReadResourceRequestParams> request, CancellationToken cancellationToken)
    {
        var uri = request.Params?.Uri ?? throw new McpProtocolException("resources/read needs 'uri'.", McpErrorCode.InvalidParams);
        return calls.RunAsync(request, () => Find(uri), (resource, ct) => resource.ReadAsync(request, ct), () => Unknown(uri, request), cancellationToken);
    }

    /// <summary>Returns the resource with a URI, or the first template in listing order that matches it; null for none.</summary>
    public CatalogItem<McpServerResource>? Find(string uri)
    {
        var catalog = served.Catalog;
        return catalog.Resources.TryGet(uri, out var exact) ? exact
            : catalog.Resources.Items.FirstOrDefault(item => item.Primitive.IsMatch(uri))
            ?? catalog.Templates.Items.FirstOrDefault(item => item.Primitive.IsMatch(uri));
    }

    // SEP-2164: from 2026-07-28 on an unknown resource is an invalid parameter with the URI as data; earlier revisions have a separate code.
    static McpProtocolException Unknown(string uri, RequestContext<ReadResourceRequestParams> request)
    {
        var code = ProtocolVersions.HasSession(request.Server.NegotiatedProtocolVersion) ? McpErrorCode.ResourceNotFound : McpErrorCode.InvalidParams;
        return new McpProtocolException($"Unknown resource URI: '{uri}'", code) { Data = { ["uri"] = uri } };
    }
}
