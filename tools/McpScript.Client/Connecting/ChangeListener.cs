using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpScript.Client.Connecting;

/// <summary>
/// Hears of changes where there are no sessions (2026-07-28): a request, <c>subscriptions/listen</c>, that the server answers with news for as long as it
/// lasts.
/// </summary>
/// <param name="client">The client.</param>
/// <param name="catchUp">Asks for what was missed after the request has broken off and was made again.</param>
/// <param name="trouble">Told when it cannot be made again.</param>
sealed class ChangeListener(McpClient client, Func<CancellationToken, Task> catchUp, Action<Exception> trouble)
{
    static readonly int[] SecondsBetweenTries = [1, 2, 4, 8];

    readonly SemaphoreSlim _turn = new(1);
    readonly CancellationTokenSource _stopped = new();
    CancellationTokenSource _current = new();

    /// <summary>Begins to listen to the lists and these resources, then ends what it listened to before, so that nothing is missed between.</summary>
    public async Task ListenAsync(IReadOnlyCollection<string> resources, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var next = CancellationTokenSource.CreateLinkedTokenSource(_stopped.Token);
            await BeginAsync([.. resources], next.Token, cancellationToken);
            _current.Cancel();
            _current = next;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Ends it.</summary>
    public void Stop() => _stopped.Cancel();

    async Task BeginAsync(string[] resources, CancellationToken until, CancellationToken cancellationToken)
    {
        var acknowledged = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var ear = client.RegisterNotificationHandler(NotificationMethods.SubscriptionsAcknowledgedNotification, (_, _) =>
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
        var wish = new SubscriptionsListenRequestParams
        {
            Notifications = new() { ToolsListChanged = true, PromptsListChanged = true, ResourcesListChanged = true, ResourceSubscriptions = resources },
        };
        return client.SendRequestAsync(new() { Method = RequestMethods.SubscriptionsListen, Params = JsonSerializer.SerializeToNode(wish, McpJsonUtilities.DefaultOptions) }, until);
    }

    // The request ends when we end it, or when the server goes; that may be a restart.
    async Task KeepAsync(Task request, string[] resources, CancellationToken until)
    {
        var reason = await EndOfAsync(request);
        for (var tries = 0; !until.IsCancellationRequested; tries++)
        {
            if (client.Completion.IsCompleted || reason is McpProtocolException || tries == SecondsBetweenTries.Length)
            {
                // Without a connection, that is said already; a server that refuses has no news to tell.
                if (tries == SecondsBetweenTries.Length)
                    trouble(reason ?? new IOException("the server has ended the stream of changes"));
                return;
            }
            await Task.Delay(TimeSpan.FromSeconds(SecondsBetweenTries[tries]), until).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (until.IsCancellationRequested)
                return;
            if ((reason = await EndOfAsync(AgainAsync(resources, until))) is null)
                return;
        }
    }

    async Task AgainAsync(string[] resources, CancellationToken until)
    {
        await BeginAsync(resources, until, until);
        await catchUp(until);
    }

    static async Task<Exception?> EndOfAsync(Task task)
    {
        await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return task.Exception?.InnerException;
    }
}
