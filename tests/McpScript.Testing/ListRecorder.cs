using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpScript.Testing;

/// <summary>A client that counts list-changed notifications, with or without a session.</summary>
public sealed class ListRecorder
{
    /// <summary>Last protocol revision with sessions; notifications need no subscription.</summary>
    public const string SessionEra = "2025-11-25";

    /// <summary>First protocol revision without sessions; clients subscribe with <c>subscriptions/listen</c>.</summary>
    public const string StatelessEra = "2026-07-28";

    static readonly string[] Methods =
    [
        NotificationMethods.ToolListChangedNotification,
        NotificationMethods.PromptListChangedNotification,
        NotificationMethods.ResourceListChangedNotification,
    ];

    readonly ConcurrentQueue<JsonRpcNotification> _received = new();

    ListRecorder(McpClient client) => Client = client;

    /// <summary>The client.</summary>
    public McpClient Client { get; }

    /// <summary>Number of notifications that the tools changed.</summary>
    public int Tools => Count(Methods[0]);

    /// <summary>Number of notifications that the prompts changed.</summary>
    public int Prompts => Count(Methods[1]);

    /// <summary>Number of notifications that the resources or their templates changed.</summary>
    public int Resources => Count(Methods[2]);

    /// <summary>All three numbers as one value.</summary>
    public (int Tools, int Prompts, int Resources) All => (Tools, Prompts, Resources);

    /// <summary>Subscription id of each notification; null if it has none.</summary>
    public IReadOnlyCollection<string?> Subscriptions => [.. _received.Select(SubscriptionOf)];

    /// <summary>Connects a client of a revision, and subscribes if the revision requires it.</summary>
    public static async Task<ListRecorder> OpenAsync(TestHost host, string revision)
    {
        var recorder = new ListRecorder(await host.ConnectAsync(revision));
        foreach (var method in Methods)
            recorder.Client.RegisterNotificationHandler(method, (notification, _) =>
            {
                recorder._received.Enqueue(notification);
                return default;
            });
        if (revision == StatelessEra)
            await recorder.ListenAsync();
        return recorder;
    }

    /// <summary>Waits until all notifications sent so far are received: a response arrives after the messages that were sent before it.</summary>
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
        var parameters = new SubscriptionsListenRequestParams
        {
            Notifications = new() { ToolsListChanged = true, PromptsListChanged = true, ResourcesListChanged = true },
        };
        // Not awaited: the response arrives when the subscription ends, which is at the end of the test.
        _ = Client.SendRequestAsync(new()
        {
            Method = RequestMethods.SubscriptionsListen, Params = JsonSerializer.SerializeToNode(parameters, McpJsonUtilities.DefaultOptions),
        });
        await acknowledged.Task.WaitAsync(TestHost.Patience);
    }

    int Count(string method) => _received.Count(notification => notification.Method == method);

    static string? SubscriptionOf(JsonRpcNotification notification) =>
        (notification.Params as JsonObject)?["_meta"]?["io.modelcontextprotocol/subscriptionId"]?.ToString();
}
