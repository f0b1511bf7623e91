using System.Text.Json;
using McpScript.Loading.Primitives;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Framework.Tests.Scripting;

/// <summary>Remembers what a script registers.</summary>
sealed class RecordingBuilder : IPluginBuilder
{
    public Dictionary<string, Delegate> Tools { get; } = [];

    public Dictionary<string, Delegate> Others { get; } = [];

    public string Folder => "";

    public string PluginName => "echo";

    public IServiceCollection Services { get; } = new ServiceCollection();

    public ILogger Logger => NullLogger.Instance;

    public IPluginState State => throw new NotSupportedException();

    public CancellationToken Retiring => CancellationToken.None;

    public CancellationToken Unloading => CancellationToken.None;

    public IToolBuilder Tool(string name, string description, Delegate handler, McpServerToolCreateOptions? options = null) => Add(name, handler);

    public IToolBuilder Tool(
        string name, string description, string inputSchema, Func<RequestContext<CallToolRequestParams>, CancellationToken, ValueTask<CallToolResult>> handler,
        McpServerToolCreateOptions? options = null) => Add(name, handler);

    IToolBuilder Add(string name, Delegate handler)
    {
        Tools.Add(name, handler);
        return new ToolRegistration(name);
    }

    public void Resource(string uri, Delegate handler, McpServerResourceCreateOptions? options = null) => Others.Add(uri, handler);

    public void ResourceTemplate(string uriTemplate, Delegate handler, McpServerResourceCreateOptions? options = null) => Others.Add(uriTemplate, handler);

    public void Prompt(string name, string description, Delegate handler, McpServerPromptCreateOptions? options = null) => Others.Add(name, handler);

    public void Complete(string promptOrTemplate, string argument, Func<string, IEnumerable<string>> values) =>
        Others.Add($"{promptOrTemplate} {argument}", values);

    public void Complete(string promptOrTemplate, string argument, Func<CompleteRequestParams, CancellationToken, Task<IEnumerable<string>>> values) =>
        Others.Add($"{promptOrTemplate} {argument}", values);

    public void AddPreCallValidator(Func<PendingCall, string?> validator) => Others.Add("validator", validator);

    public void AddPreCallValidator(Func<PendingCall, CancellationToken, Task<string?>> validator) => Others.Add("validator", validator);

    public IPerSession<T> PerSession<T>(Func<T> create, TimeSpan? idleTimeout = null) => throw new NotSupportedException();

    public void ResourceUpdated(string uri) => throw new NotSupportedException();

    public Task UpdateAsync(Action<IPluginUpdate> change) => throw new NotSupportedException();

    public void OnLive(Action action) => Others.Add("live", action);

    public void OnLive(Func<CancellationToken, Task> action) => Others.Add("live", action);

    public void OnUnload(Action action) => Others.Add("unload", action);

    public void OnUnload(Func<Task> action) => Others.Add("unload", action);

    public void Command<T>(string name, string description, Func<ProxySnapshot, T> handler) => Others.Add(name, handler);

    public void Command<T>(string name, string description, Func<ProxySnapshot, Task<T>> handler) => Others.Add(name, handler);

    public void Command<T>(string name, string description, Func<ProxySnapshot, IReadOnlyDictionary<string, JsonElement>, T> handler) =>
        Others.Add(name, handler);

    public void Command<T>(
        string name, string description, Func<ProxySnapshot, IReadOnlyDictionary<string, JsonElement>, CancellationToken, Task<T>> handler) =>
        Others.Add(name, handler);

    public void Command(string name, string description, Delegate handler) => Others.Add(name, handler);
}
