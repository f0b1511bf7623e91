using System.Collections.Immutable;
using System.Threading.Channels;
using McpScript.Registry;

namespace McpScript.Management;

/// <summary>What happens in the proxy, for those who follow it live; a slow follower loses the oldest events, never holds anybody up.</summary>
sealed class ProxyEvents
{
    const int Backlog = 1000;

    readonly TimeProvider _time;
    // Every call looks whether there are any, so that is one read.
    ImmutableArray<Channel<ProxyEvent>> _followers = [];

    /// <summary>Follows a registry.</summary>
    public ProxyEvents(PluginRegistry registry, TimeProvider time)
    {
        _time = time;
        registry.Changed += change =>
        {
            foreach (var result in change.Results)
                Tell(Kind(result), result);
        };
    }

    /// <summary>Whether anybody follows.</summary>
    public bool AreFollowed => !_followers.IsEmpty;

    /// <summary>Tells the followers.</summary>
    /// <param name="kind">Such as <c>load</c> or <c>call</c>.</param>
    /// <param name="data">Names and shapes; never values.</param>
    public void Tell(string kind, object data)
    {
        if (!AreFollowed)
            return;
        var told = new ProxyEvent(kind, _time.GetLocalNow(), data);
        foreach (var follower in _followers)
            follower.Writer.TryWrite(told);
    }

    /// <summary>Follows what happens from this moment on.</summary>
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
