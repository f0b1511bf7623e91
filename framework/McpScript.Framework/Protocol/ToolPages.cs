using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Protocol;

/// <summary>Splits <c>tools/list</c> into pages; the SDK returns all tools, or none if a cursor is set.</summary>
sealed class ToolPages(ServingOptions options)
{
    /// <summary>Returns the filter.</summary>
    public McpRequestHandler<ListToolsRequestParams, ListToolsResult> Filter(McpRequestHandler<ListToolsRequestParams, ListToolsResult> next) =>
        async (request, cancellationToken) =>
    {
        var after = request.Params?.Cursor is { } cursor ? Pages.Decode(cursor) : null;
        request.Params?.Cursor = null;
        var result = await next(request, cancellationToken);
        if (after is null && result.Tools.Count <= options.PageSize)
            return result;
        var rest = result.Tools.SkipWhile(tool => after is not null && string.CompareOrdinal(tool.Name, after) <= 0).ToList();
        result.Tools = [.. rest.Take(options.PageSize)];
        result.NextCursor = rest.Count > options.PageSize ? Pages.Encode(result.Tools[^1].Name) : null;
        return result;
    };
}
