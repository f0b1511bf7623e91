using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpScript.Testing.Processes;

/// <summary>What a client is told about changes of the tool list, in either protocol era.</summary>
public sealed class ToolNews
{
    readonly SemaphoreSlim _heard = new(0);

    ToolNews()
    {
    }

    /// <summary>Begins to listen; returns when nothing can be missed any more.</summary>
    public static async Task<ToolNews> OfAsync(McpClient client)
    {
        var news = new ToolNews();
        client.RegisterNotificationHandler(NotificationMethods.ToolListChangedNotification, (_, _) =>
        {
            news._heard.Release();
            return default;
        });
        // Sessions are told unasked; in the newer era a client has to subscribe.
        if (client.NegotiatedProtocolVersion == Era.Stateless)
            await SubscribeAsync(client);
        return news;
    }

    /// <summary>Waits until the client has been told once more.</summary>
    public async Task HeardAsync()
    {
        if (!await _heard.WaitAsync(TestHost.Patience))
            throw new TimeoutException("The client was not told that the tools have changed.");
    }

    static async Task SubscribeAsync(McpClient client)
    {
        var acknowledged = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        client.RegisterNotificationHandler(NotificationMethods.SubscriptionsAcknowledgedNotification, (_, _) =>
        {
            acknowledged.TrySetResult();
            return default;
        });
        var wish = new SubscriptionsListenRequestParams { Notifications = new() { ToolsListChanged = true } };
        // Answered when the subscription ends, which is when the client does.
        _ = client.SendRequestAsync(new() { Method = RequestMethods.SubscriptionsListen, Params = JsonSerializer.SerializeToNode(wish, McpJsonUtilities.DefaultOptions) });
        await acknowledged.Task.WaitAsync(TestHost.Patience);
    }
}
