using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpScript.Testing.Processes;

/// <summary>Waits for notifications of a client that the tool list has changed, with or without a session.</summary>
public sealed class ToolListRecorder
{
    readonly SemaphoreSlim _received = new(0);

    ToolListRecorder()
    {
    }

    /// <summary>Starts to listen; returns when no notification can be missed.</summary>
    public static async Task<ToolListRecorder> SubscribeAsync(McpClient client)
    {
        var recorder = new ToolListRecorder();
        client.RegisterNotificationHandler(NotificationMethods.ToolListChangedNotification, (_, _) =>
        {
            recorder._received.Release();
            return default;
        });
        // In a session, notifications need no subscription; without one, a client must subscribe.
        if (client.NegotiatedProtocolVersion == Era.Stateless)
            await RequestSubscriptionAsync(client);
        return recorder;
    }

    /// <summary>Waits for one more notification.</summary>
    public async Task NextAsync()
    {
        if (!await _received.WaitAsync(TestHost.Patience))
            throw new TimeoutException("The client was not notified that the tools have changed.");
    }

    static async Task RequestSubscriptionAsync(McpClient client)
    {
        var acknowledged = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        client.RegisterNotificationHandler(NotificationMethods.SubscriptionsAcknowledgedNotification, (_, _) =>
        {
            acknowledged.TrySetResult();
            return default;
        });
        var parameters = new SubscriptionsListenRequestParams { Notifications = new() { ToolsListChanged = true } };
        // Not awaited: the response arrives when the subscription ends, which is when the client is disposed.
        _ = client.SendRequestAsync(new()
        {
            Method = RequestMethods.SubscriptionsListen, Params = JsonSerializer.SerializeToNode(parameters, McpJsonUtilities.DefaultOptions),
        });
        await acknowledged.Task.WaitAsync(TestHost.Patience);
    }
}
