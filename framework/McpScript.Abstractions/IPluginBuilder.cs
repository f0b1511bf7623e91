using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Server;

namespace McpScript;

/// <summary>What a plugin registers itself with: the <c>mcp</c> of a script and of <see cref="IPlugin.Register"/>.</summary>
/// <remarks>
/// What is registered becomes visible in one step after registration has succeeded as a whole. Afterwards the registering members throw
/// <see cref="InvalidOperationException"/>; the tokens, <see cref="State"/> and <see cref="Logger"/> stay usable for the plugin's whole life.
/// </remarks>
public interface IPluginBuilder
{
    /// <summary>The plugin's name: the file name without <c>.csx</c>, or the folder's name.</summary>
    string PluginName { get; }

    /// <summary>Offers a tool.</summary>
    /// <param name="name">1 to 128 characters of <c>A-Z a-z 0-9 _ - .</c>, unique among all tools served.</param>
    /// <param name="description">What the tool does, for the model. Empty: the handler's XML summary or its <c>[Description]</c>.</param>
    /// <param name="handler">
    /// Any method or lambda, also async. Its parameters become the tool's arguments, but for <see cref="CancellationToken"/>, <c>McpServer</c>,
    /// <c>RequestContext&lt;CallToolRequestParams&gt;</c>, <c>IProgress&lt;ProgressNotificationValue&gt;</c>, <c>ClaimsPrincipal</c> and registered services.
    /// </param>
    /// <param name="options">Title, annotations, icons, output schema and the like, as the SDK takes them.</param>
    void Tool(string name, string description, Delegate handler, McpServerToolCreateOptions? options = null);

    /// <summary>Offers a resource at a fixed URI.</summary>
    /// <param name="uri">An absolute URI such as <c>demo://status</c>, unique among all resources served.</param>
    /// <param name="handler">Returns a string, bytes, or the SDK's resource contents; also async.</param>
    /// <param name="options">Name, title, description, MIME type, icons.</param>
    void Resource(string uri, Delegate handler, McpServerResourceCreateOptions? options = null);

    /// <summary>Offers a resource template (RFC 6570), such as <c>notes://{id}</c>; each variable is a parameter of the handler.</summary>
    void ResourceTemplate(string uriTemplate, Delegate handler, McpServerResourceCreateOptions? options = null);

    /// <summary>Offers a prompt; the handler returns a string, a <c>ChatMessage</c>, a <c>PromptMessage</c>, several of them, or a <c>GetPromptResult</c>.</summary>
    void Prompt(string name, string description, Delegate handler, McpServerPromptCreateOptions? options = null);

    /// <summary>Services of this plugin alone, for parameters of its handlers and constructors of its tool classes; sealed when registration returns.</summary>
    /// <remarks>There from the start: <c>ILogger&lt;T&gt;</c>, <see cref="TimeProvider"/>, <c>IHttpClientFactory</c>, <see cref="PluginConfig"/>.</remarks>
    IServiceCollection Services { get; }

    /// <summary>The plugin's own log; its lines carry the plugin's name.</summary>
    ILogger Logger { get; }

    /// <summary>JSON values that are kept over reloads of this plugin; lost when it is unloaded and when the host restarts.</summary>
    IPluginState State { get; }

    /// <summary>Fires the moment a newer generation is served, or the plugin is being unloaded; running calls go on. Stop background work here.</summary>
    CancellationToken Retiring { get; }

    /// <summary>Fires after the last running call, or when the time for it is over; what still runs should end now.</summary>
    CancellationToken Unloading { get; }

    /// <summary>Runs once this generation is being served: the place to take what only one may hold, such as ports and pollers.</summary>
    void OnLive(Action action);

    /// <inheritdoc cref="OnLive(Action)"/>
    /// <param name="action">Gets <see cref="Retiring"/>.</param>
    void OnLive(Func<CancellationToken, Task> action);

    /// <summary>Runs after the last call of this generation, in reverse order of registration; also when registration fails later on.</summary>
    void OnUnload(Action action);

    /// <inheritdoc cref="OnUnload(Action)"/>
    void OnUnload(Func<Task> action);
}
