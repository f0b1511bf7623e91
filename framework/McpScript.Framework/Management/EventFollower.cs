using System.Threading.Channels;

namespace McpScript.Management;

/// <summary>Subscription to the proxy's events, from its creation until it is disposed.</summary>
sealed class EventFollower : IDisposable
{
    readonly ChannelReader<ProxyEvent> _events;
    readonly Action _leave;

    internal EventFollower(ChannelReader<ProxyEvent> events, Action leave) => (_events, _leave) = (events, leave);

    /// <summary>Reads the events since the subscription, and later ones as they are published.</summary>
    public IAsyncEnumerable<ProxyEvent> EventsAsync(CancellationToken cancellationToken) => _events.ReadAllAsync(cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _leave();
}
