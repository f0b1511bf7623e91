using System.Security.Cryptography;
using System.Text;

namespace McpScript.Http.Authentication;

/// <summary>
/// Cache of token verdicts. Sends one introspection request per token, however many requests wait for it. Keeps valid tokens for a while and refused tokens
/// for at most 10 seconds, so that a caller cannot cause one request to the authorization server per call. Safe for concurrent use.
/// </summary>
/// <param name="introspect">Queries the authorization server; must not throw.</param>
/// <param name="rules">The checks that an active token must also pass.</param>
/// <param name="ttl">How long a valid token is cached; zero for no caching.</param>
/// <param name="most">The largest number of cached tokens.</param>
/// <param name="time">The clock.</param>
sealed class AccessTokens(Func<string, Task<TokenResult>> introspect, TokenValidator rules, TimeSpan ttl, int most, TimeProvider time)
{
    static readonly TimeSpan RefusalTtl = TimeSpan.FromSeconds(10);

    readonly Lock _lock = new();
    readonly RefusedTokens _refused = new(RefusalTtl < ttl ? RefusalTtl : ttl, time);
    readonly Dictionary<string, Kept> _kept = [];
    readonly Dictionary<string, Task<TokenResult>> _pending = [];

    /// <summary>The number of cached tokens.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _kept.Count;
        }
    }

    /// <summary>Returns the verdict on a token, from the cache or from the authorization server.</summary>
    public ValueTask<TokenResult> FindAsync(string token, CancellationToken cancellationToken)
    {
        // The whole hash: with a truncated one, a second token with the same key would take over the verdict of the first.
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        Task<TokenResult>? pending;
        lock (_lock)
        {
            if (_kept.TryGetValue(key, out var kept) && IsFresh(kept))
                return new(kept.Verdict);
            _kept.Remove(key);
            if (_refused.Find(key) is { } refused)
                return new(refused);
            if (!_pending.TryGetValue(key, out pending))
                _pending[key] = pending = IntrospectAsync(key, token);
        }
        // One waiter may cancel; the request continues for the others.
        return new(pending.WaitAsync(cancellationToken));
    }

    async Task<TokenResult> IntrospectAsync(string key, string token)
    {
        // Leaves the lock before the request is sent.
        await Task.Yield();
        // The TTL counts from before the request, so that a token revoked while it runs is noticed in time.
        var at = time.GetTimestamp();
        var verdict = TokenResult.Unverified;
        try
        {
            verdict = await introspect(token);
            if (verdict.Token is { } active)
                verdict = rules.Judge(active);
            return verdict;
        }
        finally
        {
            lock (_lock)
            {
                _pending.Remove(key);
                if (verdict.Token is not null && ttl > TimeSpan.Zero)
                    Keep(key, new(verdict, at));
                else if (verdict.Token is null && verdict != TokenResult.Unverified)
                    _refused.Add(key, verdict, at);
            }
        }
    }

    void Keep(string key, Kept kept)
    {
        if (_kept.Count >= most)
            foreach (var (old, stale) in _kept)
                if (!IsFresh(stale))
                    _kept.Remove(old);
        // All are still valid: evict the one that was verified longest ago.
        if (_kept.Count >= most)
            _kept.Remove(_kept.MinBy(one => one.Value.At).Key);
        _kept[key] = kept;
    }

    bool IsFresh(Kept kept) => time.GetElapsedTime(kept.At) < ttl && rules.Judge(kept.Verdict.Token!).Token is not null;

    sealed record Kept(TokenResult Verdict, long At);
}
