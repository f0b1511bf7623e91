using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace McpScript.Gates;

/// <summary>The pages that are open: each is known by 128 random bits, for five minutes, and works once.</summary>
sealed class UnlockPages(TimeProvider time)
{
    const int Most = 1000;

    static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    readonly ConcurrentDictionary<string, UnlockPage> _pages = new(StringComparer.Ordinal);

    /// <summary>
    /// Where they are served, without the nonce; null if nowhere. Completes as soon as that is known: a program may be called before all of its ports are
    /// open.
    /// </summary>
    public Task<Uri?> Address { get; set; } = Task.FromResult<Uri?>(null);

    /// <summary>The page of that nonce; null if there is none, or not any more.</summary>
    public UnlockPage? Find(string nonce)
    {
        if (!_pages.TryGetValue(nonce, out var page))
            return null;
        if (time.GetElapsedTime(page.Since) < Lifetime)
            return page;
        _pages.TryRemove(nonce, out _);
        return null;
    }

    /// <summary>Opens a page; one that the caller had for the group before works no more.</summary>
    internal UnlockPage Open(GateCaller caller, string group, string client)
    {
        foreach (var old in _pages.Values.Where(page => time.GetElapsedTime(page.Since) >= Lifetime || page.Caller.Holder == caller.Holder && page.Group == group))
            _pages.TryRemove(old.Nonce, out _);
        if (_pages.Count >= Most && _pages.Values.MinBy(page => page.Since) is { } oldest)
            _pages.TryRemove(oldest.Nonce, out _);
        var page = new UnlockPage(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), caller, group, client, time.GetTimestamp());
        _pages[page.Nonce] = page;
        return page;
    }

    /// <summary>A page has done its work.</summary>
    internal void Close(UnlockPage page)
    {
        _pages.TryRemove(page.Nonce, out _);
        page.Complete();
    }
}
