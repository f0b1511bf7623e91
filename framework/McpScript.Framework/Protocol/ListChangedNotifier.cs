using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpScript.Invocation;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using McpScript.Catalogs;
using McpScript.Registry;

namespace McpScript.Protocol;

/// <summary>
/// Tells every client that can hear it which lists have changed: sessions by plain notifications, 2026-07-28 clients on the streams they opened with
/// <c>subscriptions/listen</c> (SEP-2575).
/// </summary>
sealed partial class ListChangedNotifier(ILogger<ListChangedNotifier> log) : IResourceNotifier
{
    const string SubscriptionIdKey = "io.modelcontextprotocol/subscriptionId";

    static readonly ImmutableArray<(ListKinds Kind, string Method)> Methods =
    [
        (ListKinds.Tools, NotificationMethods.ToolListChangedNotification),
        (ListKinds.Prompts, NotificationMethods.PromptListChangedNotification),
        (ListKinds.Resources, NotificationMethods.ResourceListChangedNotification),
    ];

    readonly ConcurrentDictionary<McpServer, SessionNotifications> _sessions = new();
    readonly ConcurrentDictionary<Listener, byte> _listeners = new();

    /// <summary>A session hears from here until the scope ends.</summary>
    /// <param name="session">The session's server.</param>
    /// <param name="ear">What it can be told of.</param>
    public IDisposable Attach(McpServer session, SessionNotifications ear)
    {
        _sessions[session] = ear;
        return new Attachment(() => _sessions.TryRemove(session, out _));
    }

    /// <summary>Sends a session that has opened its stream the changes that it has missed.</summary>
    public void Listening(McpServer session, SessionNotifications ear, bool resumed)
    {
        var (lists, resources) = ear.Open(resumed);
        foreach (var (kind, method) in Methods)
            if (lists.HasFlag(kind))
                _ = SendAsync(session, new JsonRpcNotification { Method = method });
        foreach (var uri in resources)
            _ = SendAsync(session, Updated(uri));
    }

    /// <summary>Tells; returns at once, slow clients hold up nobody.</summary>
    public void Announce(ListKinds changed)
    {
        foreach (var (kind, method) in Methods)
        {
            if (!changed.HasFlag(kind))
                continue;
            foreach (var (session, ear) in _sessions)
                if (ProtocolVersions.HasSession(session.NegotiatedProtocolVersion) && ear.HearsOf(kind))
                    _ = SendAsync(session, new JsonRpcNotification { Method = method });
            foreach (var listener in _listeners.Keys)
                if (listener.Granted.HasFlag(kind))
                    _ = SendAfterAsync(listener, method, []);
        }
    }

    /// <inheritdoc/>
    public void AnnounceUpdate(string uri)
    {
        foreach (var (session, ear) in _sessions)
            if (ear.Wants(uri) && ProtocolVersions.HasSession(session.NegotiatedProtocolVersion) && ear.HearsOf(uri))
                _ = SendAsync(session, Updated(uri));
        foreach (var listener in _listeners.Keys)
            if (listener.Resources.Contains(uri))
                _ = SendAfterAsync(listener, NotificationMethods.ResourceUpdatedNotification, new() { ["uri"] = uri });
    }

    /// <summary>Serves <c>subscriptions/listen</c>: acknowledges first, then stays until the client goes or the host stops.</summary>
    public async ValueTask<EmptyResult> ListenAsync(RequestContext<SubscriptionsListenRequestParams> request, CancellationToken cancellationToken)
    {
        var wanted = request.Params?.Notifications
            ?? throw new McpProtocolException("subscriptions/listen needs 'notifications', which says what to listen for.", McpErrorCode.InvalidParams);
        var granted = (wanted.ToolsListChanged is true ? ListKinds.Tools : 0) | (wanted.PromptsListChanged is true ? ListKinds.Prompts : 0)
            | (wanted.ResourcesListChanged is true ? ListKinds.Resources : 0);
        var resources = wanted.ResourceSubscriptions?.ToHashSet(StringComparer.Ordinal) ?? [];
        var listener = new Listener(request.Server, request.JsonRpcRequest.Id, granted, resources);
        var acknowledged = new SubscriptionsAcknowledgedNotificationParams
        {
            Notifications = new()
            {
                ToolsListChanged = wanted.ToolsListChanged is true ? true : null,
                PromptsListChanged = wanted.PromptsListChanged is true ? true : null,
                ResourcesListChanged = wanted.ResourcesListChanged is true ? true : null,
                ResourceSubscriptions = resources.Count > 0 ? [.. resources] : null,
            },
        };
        var parameters = JsonSerializer.SerializeToNode(acknowledged, McpJsonUtilities.DefaultOptions)!.AsObject();
        // Known before it is acknowledged: a client that has the acknowledgement misses nothing from then on.
        _listeners[listener] = 0;
        try
        {
            await request.Server.SendMessageAsync(listener.Tagged(NotificationMethods.SubscriptionsAcknowledgedNotification, parameters), cancellationToken);
            listener.Acknowledged.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            _listeners.TryRemove(listener, out _);
            listener.Acknowledged.TrySetResult();
        }
        return new EmptyResult();
    }

    static JsonRpcNotification Updated(string uri) => new() { Method = NotificationMethods.ResourceUpdatedNotification, Params = new JsonObject { ["uri"] = uri } };

    // The acknowledgement is the first message of a subscription.
    async Task SendAfterAsync(Listener listener, string method, JsonObject parameters)
    {
        await listener.Acknowledged.Task;
        await SendAsync(listener.Server, listener.Tagged(method, parameters));
    }

    async Task SendAsync(McpServer to, JsonRpcNotification notification)
    {
        try
        {
            await to.SendMessageAsync(notification);
        }
        catch (Exception e)
        {
            // A client that went away must not keep the others from hearing.
            NotTold(notification.Method, e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "A client could not be told of {Notification}: {Reason}")]
    partial void NotTold(string notification, string reason);

    sealed record Listener(McpServer Server, RequestId Id, ListKinds Granted, HashSet<string> Resources)
    {
        public TaskCompletionSource Acknowledged { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public JsonRpcNotification Tagged(string method, JsonObject parameters)
        {
            parameters["_meta"] = new JsonObject { [SubscriptionIdKey] = Id.Id is long number ? JsonValue.Create(number) : JsonValue.Create(Id.Id?.ToString()) };
            return new() { Method = method, Params = parameters };
        }
    }

    sealed class Attachment(Action detach) : IDisposable
    {
        public void Dispose() => detach();
    }
}
