using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using McpScript.Testing.Processes;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpScript.Testing.Protocol;

/// <summary>Notifications of one method that a client has received, with or without a session.</summary>
public sealed class NotificationRecorder
{
    readonly Channel<JsonRpcNotification> _all = Channel.CreateUnbounded<JsonRpcNotification>();

    NotificationRecorder()
    {
    }

    /// <summary>Number of received notifications that were not read yet.</summary>
    public int Waiting => _all.Reader.Count;

    /// <summary>Collects notifications that arrive during calls.</summary>
    public static NotificationRecorder Attach(McpClient client, string method)
    {
        var recorder = new NotificationRecorder();
        client.RegisterNotificationHandler(method, (notification, _) =>
        {
            recorder._all.Writer.TryWrite(notification);
            return default;
        });
        return recorder;
    }

    /// <summary>Subscribes to changes of the lists and of resources; returns when no notification can be missed.</summary>
    public static async Task<NotificationRecorder> SubscribeAsync(McpClient client, string method, params string[] resources)
    {
        var recorder = Attach(client, method);
        if (client.NegotiatedProtocolVersion == Era.Stateless)
            await ListenAsync(client, resources);
        else
            foreach (var uri in resources)
                await client.SubscribeToResourceAsync(uri).WaitAsync(TestHost.Patience);
        return recorder;
    }

    /// <summary>Waits for the next notification; returns its parameters.</summary>
    public async Task<JsonNode?> NextAsync()
    {
        using var patience = new CancellationTokenSource(TestHost.Patience);
        return (await _all.Reader.ReadAsync(patience.Token)).Params;
    }

    static async Task ListenAsync(McpClient client, string[] resources)
    {
        var acknowledged = Attach(client, NotificationMethods.SubscriptionsAcknowledgedNotification);
        var parameters = new SubscriptionsListenRequestParams
        {
            Notifications = new() { ToolsListChanged = true, PromptsListChanged = true, ResourcesListChanged = true, ResourceSubscriptions = resources },
        };
        // Not awaited: the response arrives when the subscription ends, which is when the client is disposed.
        _ = client.SendRequestAsync(new()
        {
            Method = RequestMethods.SubscriptionsListen, Params = JsonSerializer.SerializeToNode(parameters, McpJsonUtilities.DefaultOptions),
        });
        await acknowledged.NextAsync();
    }
}
