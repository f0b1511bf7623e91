using System.Security.Cryptography;
using System.Text;

namespace McpScript.Http.Authentication;

/// <summary>
/// Knows which tokens are good: asks once for each, however many requests wait for the answer, and remembers good ones for a while, refused ones for a
/// moment, so that a caller cannot have the authorization server asked with each request.
/// </summary>
/// <param name="ask">Asks the authorization server; throws nothing.</param>
/// <param name="rules">What a token must be beside active.</param>
/// <param name="ttl">How long a good one is believed; zero for not at all.</param>
/// <param name="most">How many are remembered.</param>
/// <param name="time">The clock.</param>
sealed class AccessTokens(Func<string, Task<TokenResult>> ask, TokenValidator rules, TimeSpan ttl, int most, TimeProvider time)
{
    static readonly TimeSpan Moment = TimeSpan.FromSeconds(10);

    readonly Lock _lock = new();
    readonly RefusedTokens _refused = new(Moment < ttl ? Moment : ttl, time);
    readonly Dictionary<string, Kept> _kept = [];
    readonly Dictionary<string, Task<TokenResult>> _asked = [];

    /// <summary>How many are remembered.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _kept.Count;
        }
    }

    /// <summary>What is to be thought of a token.</summary>
    public ValueTask<TokenResult> FindAsync(string token, CancellationToken cancellationToken)
    {
        // The whole hash: whoever finds another text with the same one may have the token's place.
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        Task<TokenResult>? asked;
        lock (_lock)
        {
            if (_kept.TryGetValue(key, out var kept) && IsFresh(kept))
                return new(kept.Verdict);
            _kept.Remove(key);
            if (_refused.Find(key) is { } refused)
                return new(refused);
            if (!_asked.TryGetValue(key, out asked))
                _asked[key] = asked = AskAsync(key, token);
        }
        // Who waits may go; the question goes on for the others.
        return new(asked.WaitAsync(cancellationToken));
    }

    async Task<TokenResult> AskAsync(string key, string token)
    {
        // Not under the lock.
        await Task.Yield();
        // Counted from the question: what is revoked after it is noticed in time.
        var at = time.GetTimestamp();
        var verdict = TokenResult.Unverified;
        try
        {
            verdict = await ask(token);
            if (verdict.Token is { } active)
                verdict = rules.Judge(active);
            return verdict;
        }
        finally
        {
            lock (_lock)
            {
                _asked.Remove(key);
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
        // All still good: the one that was asked about longest ago is asked about again when it comes back.
        if (_kept.Count >= most)
            _kept.Remove(_kept.MinBy(one => one.Value.At).Key);
        _kept[key] = kept;
    }

    bool IsFresh(Kept kept) => time.GetElapsedTime(kept.At) < ttl && rules.Judge(kept.Verdict.Token!).Token is not null;

    sealed record Kept(TokenResult Verdict, long At);
}
