using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript;

/// <remarks>The tools, prompts and resources of the program itself are offered before the start and changed with <see cref="UpdateAsync"/> from then on;
/// their names are safe from plugins.</remarks>
public sealed partial class McpScriptServer : IPrimitiveBuilder
{
    /// <summary>True if nothing is offered but by plugins.</summary>
    internal bool HasOwn => !_own.IsEmpty;

    /// <summary>How many tools are its own.</summary>
    internal int OwnTools => _own.Tools;

    /// <inheritdoc/>
    public IToolBuilder Tool(string name, string description, Delegate handler, McpServerToolCreateOptions? options = null) => _own.Open().Tool(name, description, handler, options);

    /// <inheritdoc/>
    public IToolBuilder Tool(
        string name, string description, string inputSchema, Func<RequestContext<CallToolRequestParams>, CancellationToken, ValueTask<CallToolResult>> handler,
        McpServerToolCreateOptions? options = null) => _own.Open().Tool(name, description, inputSchema, handler, options);

    /// <inheritdoc/>
    public void Resource(string uri, Delegate handler, McpServerResourceCreateOptions? options = null) => _own.Open().Resource(uri, handler, options);

    /// <inheritdoc/>
    public void ResourceTemplate(string uriTemplate, Delegate handler, McpServerResourceCreateOptions? options = null) => _own.Open().ResourceTemplate(uriTemplate, handler, options);

    /// <inheritdoc/>
    public void Prompt(string name, string description, Delegate handler, McpServerPromptCreateOptions? options = null) => _own.Open().Prompt(name, description, handler, options);

    /// <inheritdoc/>
    public void Complete(string promptOrTemplate, string argument, Func<string, IEnumerable<string>> values) => _own.Open().Complete(promptOrTemplate, argument, values);

    /// <inheritdoc/>
    public void Complete(string promptOrTemplate, string argument, Func<CompleteRequestParams, CancellationToken, Task<IEnumerable<string>>> values) =>
        _own.Open().Complete(promptOrTemplate, argument, values);

    /// <summary>Changes what the server itself offers while it runs: one step, as visible as a plugin's reload.</summary>
    /// <param name="change">Adds, replaces and removes; runs at once.</param>
    /// <exception cref="InvalidOperationException">It has not started, a name is taken, or a handler cannot be offered; nothing has changed.</exception>
    public Task UpdateAsync(Action<IPluginUpdate> change) => _own.UpdateAsync(Registry, change);

    /// <summary>Tells the clients that subscribed to a resource that its content has changed; at any time.</summary>
    /// <param name="uri">The URI as clients read it; for a template, with its variables filled in.</param>
    public void ResourceUpdated(string uri) => _runtime.Notifier.AnnounceUpdate(uri);
}
