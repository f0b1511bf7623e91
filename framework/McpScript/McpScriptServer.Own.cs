using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript;

/// <remarks>
/// The host registers its own tools, prompts and resources before the start, and changes them with <see cref="UpdateAsync"/> after it. Plugins cannot take
/// their names.
/// </remarks>
public sealed partial class McpScriptServer : IPrimitiveBuilder
{
    /// <summary>True if the host itself offers tools, prompts or resources, in addition to plugins.</summary>
    internal bool HasOwn => !_own.IsEmpty;

    /// <summary>Number of the host's own tools.</summary>
    internal int OwnTools => _own.Tools;

    /// <inheritdoc/>
    public IToolBuilder Tool(string name, string description, Delegate handler, McpServerToolCreateOptions? options = null) =>
        _own.Open().Tool(name, description, handler, options);

    /// <inheritdoc/>
    public IToolBuilder Tool(
        string name, string description, string inputSchema, Func<RequestContext<CallToolRequestParams>, CancellationToken, ValueTask<CallToolResult>> handler,
        McpServerToolCreateOptions? options = null) => _own.Open().Tool(name, description, inputSchema, handler, options);

    /// <inheritdoc/>
    public void Resource(string uri, Delegate handler, McpServerResourceCreateOptions? options = null) => _own.Open().Resource(uri, handler, options);

    /// <inheritdoc/>
    public void ResourceTemplate(string uriTemplate, Delegate handler, McpServerResourceCreateOptions? options = null) =>
        _own.Open().ResourceTemplate(uriTemplate, handler, options);

    /// <inheritdoc/>
    public void Prompt(string name, string description, Delegate handler, McpServerPromptCreateOptions? options = null) =>
        _own.Open().Prompt(name, description, handler, options);

    /// <inheritdoc/>
    public void Complete(string promptOrTemplate, string argument, Func<string, IEnumerable<string>> values) =>
        _own.Open().Complete(promptOrTemplate, argument, values);

    /// <inheritdoc/>
    public void Complete(string promptOrTemplate, string argument, Func<CompleteRequestParams, CancellationToken, Task<IEnumerable<string>>> values) =>
        _own.Open().Complete(promptOrTemplate, argument, values);

    /// <summary>Changes the host's own tools, prompts and resources while the server runs, in one swap. Clients are notified of changed lists.</summary>
    /// <param name="change">Adds, replaces and removes them; runs once. Updates run one at a time.</param>
    /// <exception cref="InvalidOperationException">The server has not started, a name is taken, or a handler is invalid; nothing has changed.</exception>
    public Task UpdateAsync(Action<IPluginUpdate> change) => _own.UpdateAsync(Registry, change);

    /// <summary>Notifies the clients that subscribed to a resource that its content has changed. Can be called at any time.</summary>
    /// <param name="uri">The URI that clients read; for a template, with its variables filled in.</param>
    public void ResourceUpdated(string uri) => _runtime.Notifier.AnnounceUpdate(uri);
}
