using System.Collections.Immutable;
using McpScript.Model;
using McpScript.Invocation;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using McpScript.Catalogs;

namespace McpScript.Protocol;

/// <summary>
/// Completes arguments of prompts and variables of resource templates, of plugins loaded later too: the SDK would freeze its own at the session's start.
/// </summary>
sealed class ServedCompletions(CurrentCatalog served, PluginInvoker calls)
{
    // MCP 2025-11-25, completion: "Maximum 100 items per response".
    const int Most = 100;

    static readonly CompleteResult Nothing = new() { Completion = new() { Values = [], Total = 0, HasMore = false } };

    /// <summary><c>completion/complete</c></summary>
    public ValueTask<CompleteResult> CompleteAsync(RequestContext<CompleteRequestParams> request, CancellationToken cancellationToken) => request.Params?.Ref switch
    {
        PromptReference prompt => CompleteAsync(request, prompt.Name, () => served.Catalog.Prompts.TryGet(prompt.Name, out var item) ? item : null, cancellationToken),
        ResourceTemplateReference { Uri: { } uri } => CompleteAsync(request, uri, () => served.Catalog.Templates.TryGet(uri, out var item) ? item : null, cancellationToken),
        _ => new(Nothing),
    };

    async ValueTask<CompleteResult> CompleteAsync<T>(
        RequestContext<CompleteRequestParams> request, string target, Func<CatalogItem<T>?> find, CancellationToken cancellationToken) where T : IMcpServerPrimitive
    {
        if (CompletionOf(find(), target, request) is null)
            return Nothing;
        return await calls.RunAsync(request, find, async (_, ct) =>
        {
            // Looked up again: only now is it sure which generation answers.
            var values = CompletionOf(find(), target, request) is { } completion ? await completion(request.Params!, ct) : [];
            return Result([.. values]);
        }, () => new ModelContextProtocol.McpProtocolException($"'{target}' is not served any more.", ModelContextProtocol.McpErrorCode.InvalidParams), cancellationToken);
    }

    ArgumentCompletion? CompletionOf<T>(CatalogItem<T>? item, string target, RequestContext<CompleteRequestParams> request) where T : IMcpServerPrimitive =>
        item is null ? null : (item.Owner?.Items ?? served.Catalog.Host).Completions.GetValueOrDefault((target, request.Params!.Argument.Name));

    static CompleteResult Result(ImmutableArray<string> values) => new()
    {
        Completion = new() { Values = [.. values.Take(Most)], Total = values.Length, HasMore = values.Length > Most },
    };
}
