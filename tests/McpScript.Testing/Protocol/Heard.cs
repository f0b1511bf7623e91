using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using McpScript.Testing.Processes;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpScript.Testing.Protocol;

/// <summary>What a client is told unasked, of one kind, in either protocol era.</summary>
public sealed class Heard
{
    readonly Channel<JsonRpcNotification> _all = Channel.CreateUnbounded<JsonRpcNotification>();

    Heard()
    {
    }

    /// <summary>How many have come that nobody has looked at.</summary>
    public int Waiting => _all.Reader.Count;

    /// <summary>Hears notifications that come with calls.</summary>
    public static Heard By(McpClient client, string method)
    {
        var heard = new Heard();
        client.RegisterNotificationHandler(method, (notification, _) =>
        {
            heard._all.Writer.TryWrite(notification);
            return default;
        });
        return heard;
    }

    /// <summary>Hears changes of the lists, and of some resources; returns when nothing can be missed any more.</summary>
    public static async Task<Heard> ByAsync(McpClient client, string method, params string[] resources)
    {
        var heard = By(client, method);
        if (client.NegotiatedProtocolVersion == Era.Stateless)
            await ListenAsync(client, resources);
        else
            foreach (var uri in resources)
                await client.SubscribeToResourceAsync(uri).WaitAsync(TestHost.Patience);
        return heard;
    }

    /// <summary>The next one.</summary>
    public async Task<JsonNode?> NextAsync()
    {
        using var patience = new CancellationTokenSource(TestHost.Patience);
        return (await _all.Reader.ReadAsync(patience.Token)).Params;
    }

    static async Task ListenAsync(McpClient client, string[] resources)
    {
        var acknowledged = By(client, NotificationMethods.SubscriptionsAcknowledgedNotification);
        var wish = new SubscriptionsListenRequestParams
        {
            Notifications = new() { ToolsListChanged = true, PromptsListChanged = true, ResourcesListChanged = true, ResourceSubscriptions = resources },
        };
        // Answered when the subscription ends, which is when the client does.
        _ = client.SendRequestAsync(new() { Method = RequestMethods.SubscriptionsListen, Params = JsonSerializer.SerializeToNode(wish, McpJsonUtilities.DefaultOptions) });
        await acknowledged.NextAsync();
    }
}
