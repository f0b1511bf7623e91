using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace McpScript;

/// <summary>What a plugin registers itself with: the <c>mcp</c> of a script and of <see cref="IPlugin.Register"/>.</summary>
/// <remarks>
/// What is registered becomes visible in one step after registration has succeeded as a whole. Afterwards the registering members throw
/// <see cref="InvalidOperationException"/>; the tokens, <see cref="State"/> and <see cref="Logger"/> stay usable for the plugin's whole life.
/// </remarks>
public interface IPluginBuilder : IPrimitiveBuilder
{
    /// <summary>The plugin's name: the file name without <c>.csx</c>, or the folder's name.</summary>
    string PluginName { get; }

    /// <summary>The plugin's own folder, absolute, where it finds its files; the same as <see cref="PluginConfig.Folder"/>.</summary>
    /// <remarks>Of a script or a DLL the folder that it lies in, of a folder plugin that folder, of a package the folder with its content files. Meant for
    /// reading: under <c>--watch</c> a DLL's folder may be replaced at any time, and a package's is the same for all who have it installed.</remarks>
    string Folder { get; }

    /// <summary>Services of this plugin alone, for parameters of its handlers and constructors of its tool classes; sealed when registration returns.</summary>
    /// <remarks>There from the start: <c>ILogger&lt;T&gt;</c>, <see cref="TimeProvider"/>, <c>IHttpClientFactory</c>, <c>HttpClient</c>,
    /// <see cref="PluginConfig"/>.</remarks>
    IServiceCollection Services { get; }

    /// <summary>The plugin's own log; its lines carry the plugin's name.</summary>
    ILogger Logger { get; }

    /// <summary>JSON values that are kept over reloads of this plugin; lost when it is unloaded and when the host restarts.</summary>
    IPluginState State { get; }

    /// <summary>Fires the moment a newer generation is served, or the plugin is being unloaded; running calls go on. Stop background work here.</summary>
    CancellationToken Retiring { get; }

    /// <summary>Fires after the last running call, or when the time for it is over; what still runs should end now.</summary>
    CancellationToken Unloading { get; }

    /// <summary>Offers a management command, run by operators through the CLI, REST or <c>proxy__command</c>; gone when the plugin is unloaded.</summary>
    /// <param name="name">1 to 64 letters, digits, <c>_</c>, <c>.</c> or <c>-</c>, unique among all plugins.</param>
    /// <param name="description">What it does, for operators.</param>
    /// <param name="handler">Gets the proxy as it is now; what it returns is shown as text, or as JSON.</param>
    void Command<T>(string name, string description, Func<ProxySnapshot, T> handler);

    /// <inheritdoc cref="Command{T}(string, string, Func{ProxySnapshot, T})"/>
    void Command<T>(string name, string description, Func<ProxySnapshot, Task<T>> handler);

    /// <inheritdoc cref="Command{T}(string, string, Func{ProxySnapshot, T})" path="/summary"/>
    /// <param name="name">As above.</param>
    /// <param name="description">As above.</param>
    /// <param name="handler">Gets the arguments that the operator gave, by name, too.</param>
    void Command<T>(string name, string description, Func<ProxySnapshot, IReadOnlyDictionary<string, JsonElement>, T> handler);

    /// <inheritdoc cref="Command{T}(string, string, Func{ProxySnapshot, IReadOnlyDictionary{string, JsonElement}, T})"/>
    void Command<T>(string name, string description, Func<ProxySnapshot, IReadOnlyDictionary<string, JsonElement>, CancellationToken, Task<T>> handler);

    /// <summary>Offers a management command with parameters of its own.</summary>
    /// <param name="name">As above.</param>
    /// <param name="description">As above.</param>
    /// <param name="handler">
    /// Any delegate, with the rules of tools: parameters are arguments by name, services, a <see cref="CancellationToken"/>, the <see cref="ProxySnapshot"/>,
    /// or all arguments (<c>IReadOnlyDictionary&lt;string, JsonElement&gt;</c>).
    /// </param>
    void Command(string name, string description, Delegate handler);

    /// <summary>
    /// Looks at each call of this plugin's tools before it runs; at those of all tools, if the configuration lists the plugin under <c>validators</c>.
    /// </summary>
    /// <param name="validator">Returns why the call is refused, for the model to read, or null to let it through. What throws refuses too.</param>
    void AddPreCallValidator(Func<PendingCall, string?> validator);

    /// <inheritdoc cref="AddPreCallValidator(Func{PendingCall, string?})"/>
    void AddPreCallValidator(Func<PendingCall, CancellationToken, Task<string?>> validator);

    /// <summary>A value of which each session has its own.</summary>
    /// <param name="create">Makes one, once for each session; if what it makes is disposable, it is disposed of at the end of the session, after
    /// <paramref name="idleTimeout"/>, and when this generation is unloaded; never during a call that uses it.</param>
    /// <param name="idleTimeout">How long a value may lie unused; null for the host's <c>session_idle_timeout</c>.</param>
    IPerSession<T> PerSession<T>(Func<T> create, TimeSpan? idleTimeout = null);

    /// <summary>Tells the clients that subscribed to a resource that its content has changed; at any time.</summary>
    /// <param name="uri">The URI as clients read it; for a template, with its variables filled in.</param>
    void ResourceUpdated(string uri);

    /// <summary>Changes what the plugin offers while it runs: one step, as visible as a reload; at any time after registration.</summary>
    /// <param name="change">Adds, replaces and removes; runs at once.</param>
    /// <exception cref="InvalidOperationException">A name is taken, a handler cannot be offered, or this generation is served no longer; nothing has
    /// changed.</exception>
    Task UpdateAsync(Action<IPluginUpdate> change);

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
