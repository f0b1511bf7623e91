using System.Collections.Immutable;
using System.Threading.Channels;
using McpScript.Registry;

namespace McpScript.Management;

/// <summary>Live events of the proxy. Publishing never blocks: a follower more than 1000 events behind loses the oldest. Thread-safe.</summary>
sealed class ProxyEvents
{
    const int Backlog = 1000;

    readonly TimeProvider _time;
    // Read once for each call, so it must be cheap.
    ImmutableArray<Channel<ProxyEvent>> _followers = [];

    /// <summary>Publishes the changes of a registry.</summary>
    public ProxyEvents(PluginRegistry registry, TimeProvider time)
    {
        _time = time;
        registry.Changed += change =>
        {
            foreach (var result in change.Results)
                Publish(Kind(result), result);
        };
    }

    /// <summary>True if there is a follower.</summary>
    public bool AreFollowed => !_followers.IsEmpty;

    /// <summary>Publishes an event to all followers.</summary>
    /// <param name="kind">The kind, such as <c>load</c> or <c>call</c>.</param>
    /// <param name="data">Names and types; never values.</param>
    public void Publish(string kind, object data)
    {
        if (!AreFollowed)
            return;
        var published = new ProxyEvent(kind, _time.GetLocalNow(), data);
        foreach (var follower in _followers)
            follower.Writer.TryWrite(published);
    }

    /// <summary>Subscribes to the events from now on.</summary>
    public EventFollower Follow()
    {
        var events = Channel.CreateBounded<ProxyEvent>(new BoundedChannelOptions(Backlog) { FullMode = BoundedChannelFullMode.DropOldest });
        ImmutableInterlocked.Update(ref _followers, followers => followers.Add(events));
        return new(events.Reader, () => ImmutableInterlocked.Update(ref _followers, followers => followers.Remove(events)));
    }

    static string Kind(ChangeResult result) => result switch
    {
        { Error: not null } => "failure",
        { Kind: PluginChangeKind.Unload } => "unload",
        { WasLoaded: false } => "load",
        _ => "reload",
    };
}
