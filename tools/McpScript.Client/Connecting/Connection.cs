using System.Diagnostics;
using System.Text.Json;
using McpScript.Client.Arguments;
using McpScript.Client.Errors;
using McpScript.Client.Primitives;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpScript.Client.Connecting;

/// <summary>Connection to a server with an up-to-date snapshot of the server's lists. It can be connected again after it was closed.</summary>
/// <param name="target">The server.</param>
/// <param name="settings">Settings of the connection.</param>
/// <param name="events">Receives notifications, log messages and errors of the connection.</param>
/// <param name="handlers">Handles requests of the server; null if the user cannot be prompted, so that no capability is declared.</param>
sealed class Connection(ServerTarget target, ConnectionSettings settings, IServerEvents events, IClientHandlers? handlers) : IAsyncDisposable
{
    /// <summary>First protocol revision without sessions.</summary>
    public const string Stateless = "2026-07-28";

    // Some older servers do not answer server/discover at all; a server that starts slowly must not be mistaken for one of them.
    static readonly TimeSpan DiscoverTimeout = TimeSpan.FromSeconds(30);

    readonly SemaphoreSlim _refreshing = new(1);
    readonly HashSet<string> _subscribed = [];
    McpClient? _client;
    ChangeListener? _listener;
    LoggingLevel? _logLevel;

    /// <summary>The server.</summary>
    public ServerTarget Target => target;

    /// <summary>The SDK's client.</summary>
    /// <exception cref="InvalidOperationException">Not connected.</exception>
    public McpClient Client => _client ?? throw new InvalidOperationException("Not connected.");

    /// <summary>Latest snapshot of the server's lists.</summary>
    public ServerPrimitives Primitives { get; private set; } = ServerPrimitives.Empty;

    /// <summary>Number of list-changed notifications received.</summary>
    public int Refreshes { get; private set; }

    /// <summary>URIs of the subscribed resources.</summary>
    public IReadOnlyCollection<string> Subscribed => _subscribed;

    /// <summary>True if the connection is not open.</summary>
    public bool IsClosed => _client?.Completion.IsCompleted ?? true;

    bool IsStateless => Client.NegotiatedProtocolVersion is { } version && string.CompareOrdinal(version, Stateless) >= 0;

    /// <summary>Connects, or closes the connection and connects again. Subscriptions and the log level are restored.</summary>
    /// <exception cref="UserError">The connection failed.</exception>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        await DisconnectAsync();
        try
        {
            var transport = new DiscoverTransport(new LogLevelTransport(target.Open(events.StderrLine), () => _logLevel));
            _client = await McpClient.CreateAsync(transport, Options(), cancellationToken: cancellationToken);
            events.Traced("<<<", $"connected, {Client.NegotiatedProtocolVersion}");
            if (settings.Listens)
                await ListenAsync(cancellationToken);
            Primitives = await ServerPrimitives.FetchAsync(Client, cancellationToken);
            if (settings.Listens)
                _ = WatchEndAsync(Client);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            await DisconnectAsync();
            throw ServerErrors.FromConnect(e, target, settings.Protocol);
        }
    }

    /// <summary>Calls a tool.</summary>
    public Task<CallToolResult> CallAsync(
        string tool, IReadOnlyDictionary<string, JsonElement> arguments, IProgress<ProgressNotificationValue>? progress, CancellationToken cancellationToken) =>
        TracedAsync($"tools/call {tool} {JsonSerializer.Serialize(arguments)}",
            async () => await Client.CallToolAsync(tool, Objects(arguments), progress, null, cancellationToken),
            result => $"{(result.IsError is true ? "error" : "result")} ({result.Content.Count} content block(s))");

    /// <summary>Reads a resource.</summary>
    public Task<ReadResourceResult> ReadAsync(string uri, CancellationToken cancellationToken) =>
        TracedAsync($"resources/read {uri}", async () => await Client.ReadResourceAsync(uri, cancellationToken: cancellationToken), Describe);

    /// <summary>Reads the resource of a URI template and values for its variables.</summary>
    public Task<ReadResourceResult> ReadAsync(string template, IReadOnlyDictionary<string, JsonElement> values, CancellationToken cancellationToken)
    {
        var texts = values.ToDictionary(each => each.Key, each => (object?)Json.Inline(each.Value));
        return TracedAsync($"resources/read {template} {JsonSerializer.Serialize(values)}",
            async () => await Client.ReadResourceAsync(template, texts, cancellationToken: cancellationToken), Describe);
    }

    /// <summary>Gets a prompt.</summary>
    public Task<GetPromptResult> PromptAsync(string prompt, IReadOnlyDictionary<string, JsonElement> arguments, CancellationToken cancellationToken) =>
        TracedAsync($"prompts/get {prompt} {JsonSerializer.Serialize(arguments)}",
            async () => await Client.GetPromptAsync(prompt, Objects(arguments), cancellationToken: cancellationToken),
            result => $"result ({result.Messages.Count} message(s))");

    /// <summary>Requests completions of a prompt's argument or a template's variable; empty if the server does not support them.</summary>
    /// <param name="reference">The prompt or the template.</param>
    /// <param name="name">Name of the argument or variable.</param>
    /// <param name="typed">Beginning of the value.</param>
    /// <param name="given">Values that are already given.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public async Task<IReadOnlyList<string>> CompleteAsync(
        Reference reference, string name, string typed, IReadOnlyDictionary<string, string> given, CancellationToken cancellationToken)
    {
        if (Client.ServerCapabilities.Completions is null)
            return [];
        var request = new CompleteRequestParams
        {
            Ref = reference,
            Argument = new() { Name = name, Value = typed },
            Context = given.Count > 0 ? new() { Arguments = new Dictionary<string, string>(given) } : null,
        };
        var result = await Client.CompleteAsync(request, cancellationToken);
        return [.. result.Completion.Values];
    }

    /// <summary>Subscribes to changes of a resource.</summary>
    public async Task SubscribeAsync(string uri, CancellationToken cancellationToken)
    {
        if (!_subscribed.Add(uri))
            return;
        try
        {
            await (IsStateless
                ? _listener!.ListenAsync(_subscribed, cancellationToken)
                : Client.SubscribeToResourceAsync(uri, cancellationToken: cancellationToken));
        }
        catch
        {
            _subscribed.Remove(uri);
            throw;
        }
    }

    /// <summary>Ends the subscription to a resource.</summary>
    /// <exception cref="UserError">There is no such subscription.</exception>
    public async Task UnsubscribeAsync(string uri, CancellationToken cancellationToken)
    {
        if (!_subscribed.Remove(uri))
            throw UserError.Usage($"Not subscribed to {uri}.",
                [_subscribed.Count == 0 ? "there are no subscriptions" : $"subscribed to: {string.Join(", ", _subscribed)}"]);
        await (IsStateless
            ? _listener!.ListenAsync(_subscribed, cancellationToken)
            : Client.UnsubscribeFromResourceAsync(uri, cancellationToken: cancellationToken));
    }

    /// <summary>Sets the minimum level of the server's log messages: with <c>logging/setLevel</c> in a session, otherwise with each request.</summary>
    public async Task SetLogLevelAsync(LoggingLevel level, CancellationToken cancellationToken)
    {
        if (!IsStateless)
            await Client.SetLoggingLevelAsync(level, cancellationToken: cancellationToken);
        _logLevel = level;
    }

    /// <summary>Fetches the server's lists again and raises an event for each list that has changed.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await _refreshing.WaitAsync(cancellationToken);
        try
        {
            var (before, after) = (Primitives, await ServerPrimitives.FetchAsync(Client, cancellationToken));
            Primitives = after;
            foreach (var change in PrimitiveListChange.Between(before, after))
                events.ListChanged(change);
        }
        finally
        {
            _refreshing.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await DisconnectAsync();

    McpClientOptions Options()
    {
        var options = new McpClientOptions
        {
            ClientInfo = new() { Name = "mcp-client", Version = typeof(Connection).Assembly.GetName().Version!.ToString(3) },
            ProtocolVersion = settings.Protocol,
            InitializationTimeout = settings.Timeout,
            DiscoverProbeTimeout = DiscoverTimeout < settings.Timeout ? DiscoverTimeout : settings.Timeout,
            Capabilities = new() { Elicitation = handlers is null ? null : new() { Form = new(), Url = new() } },
        };
        options.Handlers.ElicitationHandler = handlers is null ? null : handlers.ElicitAsync;
        options.Handlers.SamplingHandler = handlers is null ? null : (request, _, ct) => handlers.SampleAsync(request, ct);
        options.Handlers.RootsHandler = settings.Roots.Count == 0
            ? null
            : (_, _) => ValueTask.FromResult(new ListRootsResult { Roots = [.. settings.Roots.Select(Root)] });
        options.Handlers.NotificationHandlers = NotificationHandlers();
        return options;
    }

    IEnumerable<KeyValuePair<string, Func<JsonRpcNotification, CancellationToken, ValueTask>>> NotificationHandlers()
    {
        yield return new(NotificationMethods.ToolListChangedNotification, (_, _) => OnListChanged());
        yield return new(NotificationMethods.PromptListChangedNotification, (_, _) => OnListChanged());
        yield return new(NotificationMethods.ResourceListChangedNotification, (_, _) => OnListChanged());
        yield return new(NotificationMethods.ResourceUpdatedNotification,
            (notification, _) => Handle<ResourceUpdatedNotificationParams>(notification, update => events.ResourceUpdated(update.Uri)));
        yield return new(NotificationMethods.LoggingMessageNotification,
            (notification, _) => Handle<LoggingMessageNotificationParams>(notification, events.Logged));
    }

    ValueTask OnListChanged()
    {
        Refreshes++;
        // Not awaited: responses are not processed until this notification handler returns.
        _ = Task.Run(async () =>
        {
            try
            {
                await RefreshAsync(CancellationToken.None);
            }
            catch (Exception e)
            {
                events.Failed(ServerErrors.From(e, target));
            }
        });
        return default;
    }

    static ValueTask Handle<T>(JsonRpcNotification notification, Action<T> handle)
    {
        if (notification.Params.Deserialize<T>(McpJsonUtilities.ProtocolOptions) is { } parameters)
            handle(parameters);
        return default;
    }

    async Task ListenAsync(CancellationToken cancellationToken)
    {
        if (IsStateless)
        {
            _listener = new(Client, RefreshAsync, e => events.Failed(ServerErrors.From(e, target)));
            await _listener.ListenAsync(_subscribed, cancellationToken);
            return;
        }
        foreach (var uri in _subscribed)
            await Client.SubscribeToResourceAsync(uri, cancellationToken: cancellationToken);
        if (_logLevel is { } level)
            await Client.SetLoggingLevelAsync(level, cancellationToken: cancellationToken);
    }

    async Task WatchEndAsync(McpClient client)
    {
        var end = await client.Completion;
        if (client == _client)
            events.Failed(ServerErrors.FromClose(end, target));
    }

    async Task DisconnectAsync()
    {
        var (client, listener) = (_client, _listener);
        (_client, _listener) = (null, null);
        listener?.Stop();
        if (client is not null)
            await client.DisposeAsync();
    }

    async Task<T> TracedAsync<T>(string request, Func<Task<T>> send, Func<T, string> describe)
    {
        events.Traced(">>>", request);
        var started = Stopwatch.GetTimestamp();
        var result = await send();
        events.Traced("<<<", $"{describe(result)} in {Stopwatch.GetElapsedTime(started).TotalSeconds:0.000}s");
        return result;
    }

    static string Describe(ReadResourceResult result) => $"result ({result.Contents.Count} content(s))";

    static Dictionary<string, object?> Objects(IReadOnlyDictionary<string, JsonElement> arguments) =>
        arguments.ToDictionary(each => each.Key, each => (object?)each.Value);

    static Root Root(string folder)
    {
        var path = Path.GetFullPath(folder);
        return new() { Uri = new Uri(path).AbsoluteUri, Name = Path.GetFileName(Path.TrimEndingDirectorySeparator(path)) };
    }
}
