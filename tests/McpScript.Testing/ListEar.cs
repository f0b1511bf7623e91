using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpScript.Testing;

/// <summary>A client that counts which lists it is told have changed, in either protocol era.</summary>
public sealed class ListEar
{
    /// <summary>The last revision with sessions, where notifications simply come.</summary>
    public const string SessionEra = "2025-11-25";

    /// <summary>The first revision without sessions, where a client asks for them with <c>subscriptions/listen</c>.</summary>
    public const string StatelessEra = "2026-07-28";

    static readonly string[] Methods =
        [NotificationMethods.ToolListChangedNotification, NotificationMethods.PromptListChangedNotification, NotificationMethods.ResourceListChangedNotification];

    readonly ConcurrentQueue<JsonRpcNotification> _heard = new();

    ListEar(McpClient client) => Client = client;

    /// <summary>The client.</summary>
    public McpClient Client { get; }

    /// <summary>How often it heard that the tools changed.</summary>
    public int Tools => Count(Methods[0]);

    /// <summary>How often it heard that the prompts changed.</summary>
    public int Prompts => Count(Methods[1]);

    /// <summary>How often it heard that the resources or their templates changed.</summary>
    public int Resources => Count(Methods[2]);

    /// <summary>What it heard of all three, as one value to compare.</summary>
    public (int Tools, int Prompts, int Resources) All => (Tools, Prompts, Resources);

    /// <summary>The subscription that each notification named; null for a plain one.</summary>
    public IReadOnlyCollection<string?> Subscriptions => [.. _heard.Select(SubscriptionOf)];

    /// <summary>Connects a client of that revision, and asks to be told where that has to be asked for.</summary>
    public static async Task<ListEar> OpenAsync(TestHost host, string revision)
    {
        var ear = new ListEar(await host.ConnectAsync(revision));
        foreach (var method in Methods)
            ear.Client.RegisterNotificationHandler(method, (notification, _) =>
            {
                ear._heard.Enqueue(notification);
                return default;
            });
        if (revision == StatelessEra)
            await ear.ListenAsync();
        return ear;
    }

    /// <summary>Returns when everything that was sent up to now has been heard: answers come after what was sent before them.</summary>
    public async Task CatchUpAsync()
    {
        for (var i = 0; i < 2; i++)
            await Client.ListToolsAsync().AsTask().WaitAsync(TestHost.Patience);
    }

    async Task ListenAsync()
    {
        var acknowledged = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Client.RegisterNotificationHandler(NotificationMethods.SubscriptionsAcknowledgedNotification, (_, _) =>
        {
            acknowledged.TrySetResult();
            return default;
        });
        var wanted = new SubscriptionsListenRequestParams { Notifications = new() { ToolsListChanged = true, PromptsListChanged = true, ResourcesListChanged = true } };
        // The answer comes when the subscription ends, which is when the test does.
        _ = Client.SendRequestAsync(new() { Method = RequestMethods.SubscriptionsListen, Params = JsonSerializer.SerializeToNode(wanted, McpJsonUtilities.DefaultOptions) });
        await acknowledged.Task.WaitAsync(TestHost.Patience);
    }

    int Count(string method) => _heard.Count(notification => notification.Method == method);

    static string? SubscriptionOf(JsonRpcNotification notification) =>
        (notification.Params as JsonObject)?["_meta"]?["io.modelcontextprotocol/subscriptionId"]?.ToString();
}
