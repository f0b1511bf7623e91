using ModelContextProtocol.Protocol;

namespace McpScript.Hosting;

/// <summary>The requests that were read and not answered yet, with notification when there are none. Safe for concurrent use.</summary>
sealed class RequestsInFlight
{
    readonly Lock _lock = new();
    readonly HashSet<RequestId> _open = [];
    TaskCompletionSource? _idle;

    /// <summary>Records a message that was read: a request is added, a cancellation removes its request, which will never be answered.</summary>
    public void Read(JsonRpcMessage message)
    {
        // A subscription is answered only at its end, so it is not waited for.
        if (message is JsonRpcRequest { Method: not RequestMethods.SubscriptionsListen } request)
            lock (_lock)
                _open.Add(request.Id);
        else if (message is JsonRpcNotification { Method: NotificationMethods.CancelledNotification, Params: { } parameters }
            && IdOf(parameters["requestId"]) is { } cancelled)
            Close(cancelled);
    }

    /// <summary>Records a message that was sent: an answer removes its request.</summary>
    public void Sent(JsonRpcMessage message)
    {
        if (message is JsonRpcResponse or JsonRpcError)
            Close(((JsonRpcMessageWithId)message).Id);
    }

    /// <summary>Completes when there are no requests in flight.</summary>
    public Task Idle()
    {
        lock (_lock)
        {
            if (_open.Count == 0)
                return Task.CompletedTask;
            if (_idle is not { Task.IsCompleted: false })
                _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _idle.Task;
        }
    }

    void Close(RequestId id)
    {
        lock (_lock)
            if (_open.Remove(id) && _open.Count == 0)
                _idle?.TrySetResult();
    }

    static RequestId? IdOf(System.Text.Json.Nodes.JsonNode? id) => id?.GetValueKind() switch
    {
        System.Text.Json.JsonValueKind.String => new RequestId(id.GetValue<string>()),
        System.Text.Json.JsonValueKind.Number when id.AsValue().TryGetValue<long>(out var number) => new RequestId(number),
        _ => null,
    };
}
