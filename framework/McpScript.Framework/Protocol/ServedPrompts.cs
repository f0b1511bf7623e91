using McpScript.Catalogs;
using McpScript.Invocation;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Protocol;

/// <summary>Lists and gets prompts from the catalog.</summary>
sealed class ServedPrompts(CurrentCatalog served, PluginInvoker calls, ServingOptions options)
{
    /// <summary><c>prompts/list</c></summary>
    public ValueTask<ListPromptsResult> ListAsync(RequestContext<ListPromptsRequestParams> request, CancellationToken cancellationToken)
    {
        var (items, next) = Pages.After(served.Catalog.Prompts.Items, request.Params?.Cursor, options.PageSize);
        return new(new ListPromptsResult { Prompts = [.. items.ToArray().Select(item => item.Primitive.ProtocolPrompt)], NextCursor = next });
    }

    /// <summary><c>prompts/get</c></summary>
    public ValueTask<GetPromptResult> GetAsync(RequestContext<GetPromptRequestParams> request, CancellationToken cancellationToken)
    {
        var name = request.Params?.Name ?? throw new McpProtocolException("prompts/get needs 'name'.", McpErrorCode.InvalidParams);
        return calls.RunAsync(request, () => served.Catalog.Prompts.TryGet(name, out var item) ? item : null,
            (prompt, ct) => prompt.GetAsync(request, ct),
            () => new McpProtocolException($"Unknown prompt: '{name}'", McpErrorCode.InvalidParams), cancellationToken);
    }
}
