using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpScript.Client.Connecting;

/// <summary>
/// Subscription to changes for connections without sessions (protocol 2026-07-28): a <c>subscriptions/listen</c> request, for which the server sends
/// notifications until the request ends. A request that breaks off is sent again after 1, 2, 4 and 8 seconds.
/// </summary>
/// <param name="client">The client.</param>
/// <param name="refresh">Fetches the lists again after an interruption, because notifications may have been missed.</param>
/// <param name="failed">Called when all retries have failed.</param>
sealed class ChangeListener(McpClient client, Func<CancellationToken, Task> refresh, Action<Exception> failed)
{
    static readonly int[] RetryDelays = [1, 2, 4, 8];

    readonly SemaphoreSlim _gate = new(1);
    readonly CancellationTokenSource _stopped = new();
    CancellationTokenSource _current = new();

    /// <summary>
    /// Listens to changes of the lists and these resources. The previous request ends only after the new one is acknowledged, so that no change is missed.
    /// </summary>
    public async Task ListenAsync(IReadOnlyCollection<string> resources, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var next = CancellationTokenSource.CreateLinkedTokenSource(_stopped.Token);
            await BeginAsync([.. resources], next.Token, cancellationToken);
            _current.Cancel();
            _current = next;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Stops listening.</summary>
    public void Stop() => _stopped.Cancel();

    async Task BeginAsync(string[] resources, CancellationToken until, CancellationToken cancellationToken)
    {
        var acknowledged = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = client.RegisterNotificationHandler(NotificationMethods.SubscriptionsAcknowledgedNotification, (_, _) =>
        {
            acknowledged.TrySetResult();
            return default;
        });
        var request = SendAsync(resources, until);
        if (await Task.WhenAny(acknowledged.Task, request).WaitAsync(cancellationToken) == request)
            await request;
        _ = KeepAsync(request, resources, until);
    }

    Task SendAsync(string[] resources, CancellationToken until)
    {
        var parameters = new SubscriptionsListenRequestParams
        {
            Notifications = new() { ToolsListChanged = true, PromptsListChanged = true, ResourcesListChanged = true, ResourceSubscriptions = resources },
        };
        var request = new JsonRpcRequest
        {
            Method = RequestMethods.SubscriptionsListen,
            Params = JsonSerializer.SerializeToNode(parameters, McpJsonUtilities.ProtocolOptions),
        };
        return client.SendRequestAsync(request, until);
    }

    // The request ends when it is cancelled or when the server stops; the server may be restarting.
    async Task KeepAsync(Task request, string[] resources, CancellationToken until)
    {
        var reason = await EndOfAsync(request);
        for (var tries = 0; !until.IsCancellationRequested; tries++)
        {
            if (client.Completion.IsCompleted || reason is McpProtocolException || tries == RetryDelays.Length)
            {
                // A closed connection is reported elsewhere, and a server that refuses the request does not support it.
                if (tries == RetryDelays.Length)
                    failed(reason ?? new IOException("the server has ended the stream of changes"));
                return;
            }
            await Task.Delay(TimeSpan.FromSeconds(RetryDelays[tries]), until).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (until.IsCancellationRequested)
                return;
            if ((reason = await EndOfAsync(RetryAsync(resources, until))) is null)
                return;
        }
    }

    async Task RetryAsync(string[] resources, CancellationToken until)
    {
        await BeginAsync(resources, until, until);
        await refresh(until);
    }

    static async Task<Exception?> EndOfAsync(Task task)
    {
        await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return task.Exception?.InnerException;
    }
}
