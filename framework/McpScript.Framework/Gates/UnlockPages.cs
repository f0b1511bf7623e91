using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace McpScript.Gates;

/// <summary>The open unlock pages. Each has a nonce of 128 random bits, is open for five minutes, and works once. Safe for concurrent use.</summary>
sealed class UnlockPages(TimeProvider time)
{
    const int Most = 1000;

    static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    readonly ConcurrentDictionary<string, UnlockPage> _pages = new(StringComparer.Ordinal);

    /// <summary>
    /// The URL of the pages without the nonce; null if they are not served. Completes when the URL is known: a tool may be called before all ports are open.
    /// </summary>
    public Task<Uri?> Address { get; private set; } = Task.FromResult<Uri?>(null);

    /// <summary>Publishes the URL at which a host serves the pages, or will serve them once its ports are open.</summary>
    public void ServeAt(Task<Uri?> address) => Address = address;

    /// <summary>Returns the page with a nonce; null if there is none, or it has expired.</summary>
    public UnlockPage? Find(string nonce)
    {
        if (!_pages.TryGetValue(nonce, out var page))
            return null;
        if (time.GetElapsedTime(page.Since) < Lifetime)
            return page;
        _pages.TryRemove(nonce, out _);
        return null;
    }

    /// <summary>Opens a page, and closes an earlier page of the caller for the same group.</summary>
    internal UnlockPage Open(GateCaller caller, string group, string client)
    {
        var outdated = _pages.Values.Where(
            page => time.GetElapsedTime(page.Since) >= Lifetime || page.Caller.Holder == caller.Holder && page.Group == group);
        foreach (var old in outdated)
            _pages.TryRemove(old.Nonce, out _);
        if (_pages.Count >= Most && _pages.Values.MinBy(page => page.Since) is { } oldest)
            _pages.TryRemove(oldest.Nonce, out _);
        var page = new UnlockPage(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), caller, group, client, time.GetTimestamp());
        _pages[page.Nonce] = page;
        return page;
    }

    /// <summary>Closes a page that has unlocked its group.</summary>
    internal void Close(UnlockPage page)
    {
        _pages.TryRemove(page.Nonce, out _);
        page.Complete();
    }
}
