namespace McpScript.Testing.Processes;

/// <summary>Signals when a client's GET stream is open: notifications that are sent before that are lost.</summary>
sealed class ListeningHandler() : DelegatingHandler(new SocketsHttpHandler())
{
    readonly TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the stream is open.</summary>
    public Task Listening => _listening.Task.WaitAsync(TestHost.Patience);

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (request.Method == HttpMethod.Get && response.IsSuccessStatusCode)
            _listening.TrySetResult();
        return response;
    }
}
