using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpScript.Catalogs;
using McpScript.Invocation;
using McpScript.Registry;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Protocol;

/// <summary>
/// Notifies clients of list changes and resource updates: sessions by plain notifications, 2026-07-28 clients on the streams that they opened with
/// <c>subscriptions/listen</c> (SEP-2575). Thread-safe.
/// </summary>
sealed partial class ListChangedNotifier(ILogger<ListChangedNotifier> log) : IClientNotifier
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

    /// <summary>Sends changes to a session until the returned scope is disposed.</summary>
    /// <param name="session">The session's server.</param>
    /// <param name="notifications">The changes that the session receives.</param>
    public IDisposable Attach(McpServer session, SessionNotifications notifications)
    {
        _sessions[session] = notifications;
        return new Attachment(() => _sessions.TryRemove(session, out _));
    }

    /// <summary>Sends the changes that a session has missed, after it has opened its stream.</summary>
    public void Listening(McpServer session, SessionNotifications notifications, bool resumed)
    {
        var (lists, resources) = notifications.Open(resumed);
        foreach (var (kind, method) in Methods)
            if (lists.HasFlag(kind))
                _ = SendAsync(session, new JsonRpcNotification { Method = method });
        foreach (var uri in resources)
            _ = SendAsync(session, Updated(uri));
    }

    /// <inheritdoc/>
    public void Announce(ListKinds changed)
    {
        foreach (var (kind, method) in Methods)
        {
            if (!changed.HasFlag(kind))
                continue;
            foreach (var (session, notifications) in _sessions)
                if (ProtocolVersions.HasSession(session.NegotiatedProtocolVersion) && notifications.CanSend(kind))
                    _ = SendAsync(session, new JsonRpcNotification { Method = method });
            foreach (var listener in _listeners.Keys)
                if (listener.Granted.HasFlag(kind))
                    _ = SendAfterAsync(listener, method, []);
        }
    }

    /// <inheritdoc/>
    public void AnnounceUpdate(string uri)
    {
        foreach (var (session, notifications) in _sessions)
            if (notifications.Wants(uri) && ProtocolVersions.HasSession(session.NegotiatedProtocolVersion) && notifications.CanSend(uri))
                _ = SendAsync(session, Updated(uri));
        foreach (var listener in _listeners.Keys)
            if (listener.Resources.Contains(uri))
                _ = SendAfterAsync(listener, NotificationMethods.ResourceUpdatedNotification, new() { ["uri"] = uri });
    }

    /// <summary>Serves <c>subscriptions/listen</c>: sends the acknowledgement, then waits until the client disconnects or the host stops.</summary>
    public async ValueTask<EmptyResult> ListenAsync(RequestContext<SubscriptionsListenRequestParams> request, CancellationToken cancellationToken)
    {
        var requested = request.Params?.Notifications
            ?? throw new McpProtocolException("subscriptions/listen needs 'notifications', which lists the notifications to send.", McpErrorCode.InvalidParams);
        var granted = (requested.ToolsListChanged is true ? ListKinds.Tools : 0) | (requested.PromptsListChanged is true ? ListKinds.Prompts : 0)
            | (requested.ResourcesListChanged is true ? ListKinds.Resources : 0);
        var resources = requested.ResourceSubscriptions?.ToHashSet(StringComparer.Ordinal) ?? [];
        var listener = new Listener(request.Server, request.JsonRpcRequest.Id, granted, resources);
        var acknowledged = new SubscriptionsAcknowledgedNotificationParams
        {
            Notifications = new()
            {
                ToolsListChanged = requested.ToolsListChanged is true ? true : null,
                PromptsListChanged = requested.PromptsListChanged is true ? true : null,
                ResourcesListChanged = requested.ResourcesListChanged is true ? true : null,
                ResourceSubscriptions = resources.Count > 0 ? [.. resources] : null,
            },
        };
        var parameters = JsonSerializer.SerializeToNode(acknowledged, McpJsonUtilities.DefaultOptions)!.AsObject();
        // Added before the acknowledgement is sent, so that a client that has received it misses no change.
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

    static JsonRpcNotification Updated(string uri) =>
        new() { Method = NotificationMethods.ResourceUpdatedNotification, Params = new JsonObject { ["uri"] = uri } };

    // The acknowledgement must be the first message of a subscription.
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
            // A disconnected client must not keep the others from being notified.
            NotSent(notification.Method, e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Notification} could not be sent to a client: {Reason}")]
    partial void NotSent(string notification, string reason);

    sealed record Listener(McpServer Server, RequestId Id, ListKinds Granted, HashSet<string> Resources)
    {
        public TaskCompletionSource Acknowledged { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public JsonRpcNotification Tagged(string method, JsonObject parameters)
        {
            var id = Id.Id is long number ? JsonValue.Create(number) : JsonValue.Create(Id.Id?.ToString());
            parameters["_meta"] = new JsonObject { [SubscriptionIdKey] = id };
            return new() { Method = method, Params = parameters };
        }
    }

    sealed class Attachment(Action detach) : IDisposable
    {
        public void Dispose() => detach();
    }
}
