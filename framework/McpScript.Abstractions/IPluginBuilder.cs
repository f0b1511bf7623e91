using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace McpScript;

/// <summary>Registers the tools, resources, prompts and callbacks of a plugin: the <c>mcp</c> of a script and of <see cref="IPlugin.Register"/>.</summary>
/// <remarks>
/// All registrations become visible in one step after the registration has succeeded. Afterwards the registering members throw
/// <see cref="InvalidOperationException"/>; the tokens, <see cref="State"/> and <see cref="Logger"/> can be used for the plugin's complete lifetime.
/// </remarks>
public interface IPluginBuilder : IPrimitiveBuilder
{
    /// <summary>The plugin's name: the file name without <c>.csx</c>, or the folder's name.</summary>
    string PluginName { get; }

    /// <summary>The absolute path of the plugin's folder, for its files; the same as <see cref="PluginConfig.Folder"/>.</summary>
    /// <remarks>For a script or a DLL the folder that contains it, for a folder plugin that folder, for a package the folder with its content files. Meant for
    /// reading: under <c>--watch</c> a DLL's folder may be replaced at any time, and a package's folder is shared by all hosts that use it.</remarks>
    string Folder { get; }

    /// <summary>Services of this plugin only, for parameters of its handlers and constructors of its tool classes; read-only after registration.</summary>
    /// <remarks>Always available: <c>ILogger&lt;T&gt;</c>, <see cref="TimeProvider"/>, <c>IHttpClientFactory</c>, <c>HttpClient</c>,
    /// <see cref="PluginConfig"/>.</remarks>
    IServiceCollection Services { get; }

    /// <summary>The plugin's logger; its lines contain the plugin's name.</summary>
    ILogger Logger { get; }

    /// <summary>JSON values that are kept when this plugin is reloaded; lost when it is unloaded and when the host restarts.</summary>
    IPluginState State { get; }

    /// <summary>Fires as soon as a newer generation is served, or the plugin is being unloaded; running calls continue. Stop background work here.</summary>
    CancellationToken Retiring { get; }

    /// <summary>Fires after the last running call, or when the drain time is over; all remaining work should end now.</summary>
    CancellationToken Unloading { get; }

    /// <summary>Registers a management command, which operators run through the CLI, REST or <c>proxy__command</c>; removed at unload.</summary>
    /// <param name="name">1 to 64 letters, digits, <c>_</c>, <c>.</c> or <c>-</c>, unique among all plugins.</param>
    /// <param name="description">Description of the command, for operators.</param>
    /// <param name="handler">Receives a snapshot of the proxy; its result is shown as text, or as JSON.</param>
    void Command<T>(string name, string description, Func<ProxySnapshot, T> handler);

    /// <inheritdoc cref="Command{T}(string, string, Func{ProxySnapshot, T})"/>
    void Command<T>(string name, string description, Func<ProxySnapshot, Task<T>> handler);

    /// <inheritdoc cref="Command{T}(string, string, Func{ProxySnapshot, T})" path="/summary"/>
    /// <param name="name">As above.</param>
    /// <param name="description">As above.</param>
    /// <param name="handler">Receives a snapshot of the proxy, and the operator's arguments by name.</param>
    void Command<T>(string name, string description, Func<ProxySnapshot, IReadOnlyDictionary<string, JsonElement>, T> handler);

    /// <inheritdoc cref="Command{T}(string, string, Func{ProxySnapshot, IReadOnlyDictionary{string, JsonElement}, T})"/>
    void Command<T>(string name, string description, Func<ProxySnapshot, IReadOnlyDictionary<string, JsonElement>, CancellationToken, Task<T>> handler);

    /// <summary>Registers a management command with its own parameters.</summary>
    /// <param name="name">As above.</param>
    /// <param name="description">As above.</param>
    /// <param name="handler">
    /// Any delegate, with the rules of tools: parameters are arguments by name, services, a <see cref="CancellationToken"/>, the <see cref="ProxySnapshot"/>,
    /// or all arguments (<c>IReadOnlyDictionary&lt;string, JsonElement&gt;</c>).
    /// </param>
    void Command(string name, string description, Delegate handler);

    /// <summary>
    /// Adds a check of each call of this plugin's tools before it runs; of the calls of all tools, if the configuration lists the plugin under
    /// <c>validators</c>.
    /// </summary>
    /// <param name="validator">Returns the reason for refusing the call, which the model gets, or null to allow it. An exception refuses the call too.</param>
    void AddPreCallValidator(Func<PendingCall, string?> validator);

    /// <inheritdoc cref="AddPreCallValidator(Func{PendingCall, string?})"/>
    void AddPreCallValidator(Func<PendingCall, CancellationToken, Task<string?>> validator);

    /// <summary>Registers a value per session.</summary>
    /// <param name="create">Creates the value, once for each session. A disposable value is disposed at the end of the session, after
    /// <paramref name="idleTimeout"/>, and when this generation is unloaded; never during a call that uses it.</param>
    /// <param name="idleTimeout">The idle time after which a value is disposed; null for the host's <c>session_idle_timeout</c>.</param>
    IPerSession<T> PerSession<T>(Func<T> create, TimeSpan? idleTimeout = null);

    /// <summary>Notifies the clients that have subscribed to a resource that its content has changed. Can be called at any time.</summary>
    /// <param name="uri">The URI that clients read; for a template, with its variables filled in.</param>
    void ResourceUpdated(string uri);

    /// <summary>Changes the plugin's tools, resources and prompts while it runs, in one step, like a reload. Can be called after registration.</summary>
    /// <param name="change">Adds, replaces and removes; runs synchronously.</param>
    /// <exception cref="InvalidOperationException">A name is taken, a handler is not valid, or this generation is no longer served; nothing has
    /// changed.</exception>
    Task UpdateAsync(Action<IPluginUpdate> change);

    /// <summary>Runs an action once this generation is served. The place to open exclusive resources, such as ports, and to start polling.</summary>
    void OnLive(Action action);

    /// <inheritdoc cref="OnLive(Action)"/>
    /// <param name="action">Receives <see cref="Retiring"/>.</param>
    void OnLive(Func<CancellationToken, Task> action);

    /// <summary>Runs an action after the last call of this generation, in reverse order of registration; also if registration fails later.</summary>
    void OnUnload(Action action);

    /// <inheritdoc cref="OnUnload(Action)"/>
    void OnUnload(Func<Task> action);
}
