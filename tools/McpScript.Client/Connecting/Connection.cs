using System.Diagnostics;
using System.Text.Json;
using McpScript.Client.Arguments;
using McpScript.Client.Errors;
using McpScript.Client.Primitives;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpScript.Client.Connecting;

/// <summary>A connection to a server, with what the server offers kept up to date. It can be made anew when it has broken.</summary>
/// <param name="target">The server.</param>
/// <param name="settings">How to connect.</param>
/// <param name="news">Hears what comes unasked.</param>
/// <param name="answers">Answers what the server asks; null if there is nobody who could.</param>
sealed class Connection(ServerTarget target, ConnectionSettings settings, IServerEvents news, IClientHandlers? answers) : IAsyncDisposable
{
    /// <summary>The first revision without sessions.</summary>
    public const string Stateless = "2026-07-28";

    // A server that starts slowly is not to be taken for one of the old ones, which say nothing to the newer question.
    static readonly TimeSpan ProbePatience = TimeSpan.FromSeconds(30);

    readonly SemaphoreSlim _refreshing = new(1);
    readonly HashSet<string> _subscribed = [];
    McpClient? _client;
    ChangeListener? _listening;
    LoggingLevel? _logLevel;

    /// <summary>The server.</summary>
    public ServerTarget Target => target;

    /// <summary>The SDK's client.</summary>
    public McpClient Client => _client ?? throw new InvalidOperationException("Not connected.");

    /// <summary>What the server offers.</summary>
    public ServerPrimitives Primitives { get; private set; } = ServerPrimitives.Empty;

    /// <summary>How often a change was heard of.</summary>
    public int Refreshes { get; private set; }

    /// <summary>The resources whose changes are told.</summary>
    public IReadOnlyCollection<string> Subscribed => _subscribed;

    /// <summary>True once the server or the session is known to be gone.</summary>
    public bool IsClosed => _client?.Completion.IsCompleted ?? true;

    bool IsStateless => Client.NegotiatedProtocolVersion is { } version && string.CompareOrdinal(version, Stateless) >= 0;

    /// <summary>Connects, or connects again.</summary>
    /// <exception cref="UserError">It cannot be done.</exception>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        await DisconnectAsync();
        try
        {
            _client = await McpClient.CreateAsync(new DiscoverTransport(new LogLevelTransport(target.Open(news.StderrLine), () => _logLevel)), Options(), cancellationToken: cancellationToken);
            news.Traced("<<<", $"connected, {Client.NegotiatedProtocolVersion}");
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
    public Task<CallToolResult> CallAsync(string tool, IReadOnlyDictionary<string, JsonElement> arguments, IProgress<ProgressNotificationValue>? progress, CancellationToken cancellationToken) =>
        TracedAsync($"tools/call {tool} {JsonSerializer.Serialize(arguments)}",
            async () => await Client.CallToolAsync(tool, arguments.ToDictionary(each => each.Key, each => (object?)each.Value), progress, null, cancellationToken),
            result => $"{(result.IsError is true ? "error" : "result")} ({result.Content.Count} content block(s))");

    /// <summary>Reads a resource.</summary>
    public Task<ReadResourceResult> ReadAsync(string uri, CancellationToken cancellationToken) =>
        TracedAsync($"resources/read {uri}", async () => await Client.ReadResourceAsync(uri, cancellationToken: cancellationToken), result => $"result ({result.Contents.Count} content(s))");

    /// <summary>Reads a resource that a template makes of values.</summary>
    public Task<ReadResourceResult> ReadAsync(string template, IReadOnlyDictionary<string, JsonElement> values, CancellationToken cancellationToken) =>
        TracedAsync($"resources/read {template} {JsonSerializer.Serialize(values)}",
            async () => await Client.ReadResourceAsync(template, values.ToDictionary(each => each.Key, each => (object?)Json.Inline(each.Value)), cancellationToken: cancellationToken),
            result => $"result ({result.Contents.Count} content(s))");

    /// <summary>Gets a prompt.</summary>
    public Task<GetPromptResult> PromptAsync(string prompt, IReadOnlyDictionary<string, JsonElement> arguments, CancellationToken cancellationToken) =>
        TracedAsync($"prompts/get {prompt} {JsonSerializer.Serialize(arguments)}",
            async () => await Client.GetPromptAsync(prompt, arguments.ToDictionary(each => each.Key, each => (object?)each.Value), cancellationToken: cancellationToken),
            result => $"result ({result.Messages.Count} message(s))");

    /// <summary>Asks how an argument of a prompt, or a variable of a template, could go on.</summary>
    public async Task<IReadOnlyList<string>> CompleteAsync(Reference of, string name, string typed, IReadOnlyDictionary<string, string> given, CancellationToken cancellationToken)
    {
        if (Client.ServerCapabilities.Completions is null)
            return [];
        var context = new CompleteContext { Arguments = new Dictionary<string, string>(given) };
        var result = await Client.CompleteAsync(new CompleteRequestParams { Ref = of, Argument = new() { Name = name, Value = typed }, Context = given.Count > 0 ? context : null }, cancellationToken);
        return [.. result.Completion.Values];
    }

    /// <summary>Asks to be told when a resource changes.</summary>
    public async Task SubscribeAsync(string uri, CancellationToken cancellationToken)
    {
        if (!_subscribed.Add(uri))
            return;
        try
        {
            await (IsStateless ? _listening!.ListenAsync(_subscribed, cancellationToken) : Client.SubscribeToResourceAsync(uri, cancellationToken: cancellationToken));
        }
        catch
        {
            _subscribed.Remove(uri);
            throw;
        }
    }

    /// <summary>Asks to be told no more.</summary>
    public async Task UnsubscribeAsync(string uri, CancellationToken cancellationToken)
    {
        if (!_subscribed.Remove(uri))
            throw UserError.Usage($"Not subscribed to {uri}.", [_subscribed.Count == 0 ? "there are no subscriptions" : $"subscribed to: {string.Join(", ", _subscribed)}"]);
        await (IsStateless ? _listening!.ListenAsync(_subscribed, cancellationToken) : Client.UnsubscribeFromResourceAsync(uri, cancellationToken: cancellationToken));
    }

    /// <summary>Asks for the server's log, from a level upwards: of a session once, else with each request.</summary>
    public async Task SetLogLevelAsync(LoggingLevel level, CancellationToken cancellationToken)
    {
        if (!IsStateless)
            await Client.SetLoggingLevelAsync(level, cancellationToken: cancellationToken);
        _logLevel = level;
    }

    /// <summary>Asks anew what the server offers, and tells what has changed.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await _refreshing.WaitAsync(cancellationToken);
        try
        {
            var (before, after) = (Primitives, await ServerPrimitives.FetchAsync(Client, cancellationToken));
            Primitives = after;
            foreach (var change in PrimitiveListChange.Between(before, after))
                news.ListChanged(change);
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
            DiscoverProbeTimeout = ProbePatience < settings.Timeout ? ProbePatience : settings.Timeout,
            Capabilities = new() { Elicitation = answers is null ? null : new() { Form = new(), Url = new() } },
        };
        options.Handlers.ElicitationHandler = answers is null ? null : answers.ElicitAsync;
        options.Handlers.SamplingHandler = answers is null ? null : (question, _, ct) => answers.SampleAsync(question, ct);
        options.Handlers.RootsHandler = settings.Roots.Count == 0 ? null : (_, _) => ValueTask.FromResult(new ListRootsResult { Roots = [.. settings.Roots.Select(Root)] });
        options.Handlers.NotificationHandlers = NotificationHandlers();
        return options;
    }

    IEnumerable<KeyValuePair<string, Func<JsonRpcNotification, CancellationToken, ValueTask>>> NotificationHandlers()
    {
        foreach (var method in (string[])[NotificationMethods.ToolListChangedNotification, NotificationMethods.PromptListChangedNotification, NotificationMethods.ResourceListChangedNotification])
            yield return new(method, (_, _) => Heard());
        yield return new(NotificationMethods.ResourceUpdatedNotification, (notification, _) => Heard<ResourceUpdatedNotificationParams>(notification, update => news.ResourceUpdated(update.Uri)));
        yield return new(NotificationMethods.LoggingMessageNotification, (notification, _) => Heard<LoggingMessageNotificationParams>(notification, news.Logged));
    }

    ValueTask Heard()
    {
        Refreshes++;
        // Not awaited: the answers come on the way that this notification still occupies.
        _ = Task.Run(async () =>
        {
            try
            {
                await RefreshAsync(CancellationToken.None);
            }
            catch (Exception e)
            {
                news.Failed(ServerErrors.From(e, target));
            }
        });
        return default;
    }

    static ValueTask Heard<T>(JsonRpcNotification notification, Action<T> take)
    {
        if (notification.Params.Deserialize<T>(McpJsonUtilities.DefaultOptions) is { } news)
            take(news);
        return default;
    }

    async Task ListenAsync(CancellationToken cancellationToken)
    {
        if (IsStateless)
        {
            _listening = new(Client, RefreshAsync, trouble => news.Failed(ServerErrors.From(trouble, target)));
            await _listening.ListenAsync(_subscribed, cancellationToken);
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
            news.Failed(ServerErrors.FromClose(end, target));
    }

    async Task DisconnectAsync()
    {
        var (client, listening) = (_client, _listening);
        (_client, _listening) = (null, null);
        listening?.Stop();
        if (client is not null)
            await client.DisposeAsync();
    }

    async Task<T> TracedAsync<T>(string request, Func<Task<T>> send, Func<T, string> describe)
    {
        news.Traced(">>>", request);
        var started = Stopwatch.GetTimestamp();
        var result = await send();
        news.Traced("<<<", $"{describe(result)} in {Stopwatch.GetElapsedTime(started).TotalSeconds:0.000}s");
        return result;
    }

    static Root Root(string folder) => new() { Uri = new Uri(Path.GetFullPath(folder)).AbsoluteUri, Name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))) };
}
