using System.Collections.Immutable;
using McpScript.Catalogs;
using McpScript.Invocation;
using McpScript.Model;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Protocol;

/// <summary>
/// Completes arguments of prompts and variables of resource templates, also for plugins that are loaded later: the SDK's own completions are fixed at the
/// start of a session.
/// </summary>
sealed class ServedCompletions(CurrentCatalog served, PluginInvoker calls)
{
    // MCP 2025-11-25, completion: "Maximum 100 items per response".
    const int Most = 100;

    static readonly CompleteResult Nothing = new() { Completion = new() { Values = [], Total = 0, HasMore = false } };

    /// <summary><c>completion/complete</c></summary>
    public ValueTask<CompleteResult> CompleteAsync(RequestContext<CompleteRequestParams> request, CancellationToken cancellationToken) =>
        request.Params?.Ref switch
        {
            PromptReference prompt => CompleteAsync(request, prompt.Name, () => FindPrompt(prompt.Name), cancellationToken),
            ResourceTemplateReference { Uri: { } uri } => CompleteAsync(request, uri, () => FindTemplate(uri), cancellationToken),
            _ => new(Nothing),
        };

    CatalogItem<McpServerPrompt>? FindPrompt(string name) => served.Catalog.Prompts.TryGet(name, out var item) ? item : null;

    CatalogItem<McpServerResource>? FindTemplate(string uri) => served.Catalog.Templates.TryGet(uri, out var item) ? item : null;

    async ValueTask<CompleteResult> CompleteAsync<T>(
        RequestContext<CompleteRequestParams> request, string target, Func<CatalogItem<T>?> find, CancellationToken cancellationToken)
        where T : IMcpServerPrimitive
    {
        if (CompletionOf(find(), target, request) is null)
            return Nothing;
        return await calls.RunAsync(request, find, async (_, ct) =>
        {
            // Found again under the lease, which fixes the generation.
            var values = CompletionOf(find(), target, request) is { } completion ? await completion(request.Params!, ct) : [];
            return Result([.. values]);
        }, () => Unknown(target), cancellationToken);
    }

    static ModelContextProtocol.McpProtocolException Unknown(string target) =>
        new($"'{target}' is not served any more.", ModelContextProtocol.McpErrorCode.InvalidParams);

    ArgumentCompletion? CompletionOf<T>(CatalogItem<T>? item, string target, RequestContext<CompleteRequestParams> request) where T : IMcpServerPrimitive =>
        item is null ? null : (item.Owner?.Items ?? served.Catalog.Host).Completions.GetValueOrDefault((target, request.Params!.Argument.Name));

    static CompleteResult Result(ImmutableArray<string> values) => new()
    {
        Completion = new() { Values = [.. values.Take(Most)], Total = values.Length, HasMore = values.Length > Most },
    };
}
