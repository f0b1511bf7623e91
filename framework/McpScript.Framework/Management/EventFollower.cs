using System.Threading.Channels;

namespace McpScript.Management;

/// <summary>One who follows what happens, from the moment it was made until it is disposed.</summary>
sealed class EventFollower : IDisposable
{
    readonly ChannelReader<ProxyEvent> _events;
    readonly Action _leave;

    internal EventFollower(ChannelReader<ProxyEvent> events, Action leave) => (_events, _leave) = (events, leave);

    /// <summary>What has happened since, and what happens.</summary>
    public IAsyncEnumerable<ProxyEvent> EventsAsync(CancellationToken cancellationToken) => _events.ReadAllAsync(cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _leave();
}
