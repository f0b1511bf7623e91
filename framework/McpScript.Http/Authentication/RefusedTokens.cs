namespace McpScript.Http.Authentication;

/// <summary>Cache of recently refused tokens, by their hashes; at most 10,000, the oldest is removed first. Not safe for concurrent use.</summary>
/// <param name="ttl">How long each refusal is kept; zero for no caching.</param>
/// <param name="time">The clock.</param>
sealed class RefusedTokens(TimeSpan ttl, TimeProvider time)
{
    const int Most = 10_000;

    readonly Dictionary<string, (TokenResult Verdict, long At)> _verdicts = [];
    readonly Queue<(string Key, long At)> _oldestFirst = new();

    /// <summary>Returns the refusal; null if the token is unknown or its refusal has expired.</summary>
    public TokenResult? Find(string key) => _verdicts.TryGetValue(key, out var kept) && IsFresh(kept.At) ? kept.Verdict : null;

    /// <summary>Adds a refusal.</summary>
    /// <param name="key">The token's hash.</param>
    /// <param name="verdict">The refusal.</param>
    /// <param name="at">Timestamp of the request to the authorization server.</param>
    public void Add(string key, TokenResult verdict, long at)
    {
        if (ttl <= TimeSpan.Zero)
            return;
        while (_oldestFirst.TryPeek(out var oldest) && (_oldestFirst.Count >= Most || !IsFresh(oldest.At)))
            Forget(_oldestFirst.Dequeue());
        _verdicts[key] = (verdict, at);
        _oldestFirst.Enqueue((key, at));
    }

    // A token that was refused again has a later entry in the queue.
    void Forget((string Key, long At) oldest)
    {
        if (_verdicts.TryGetValue(oldest.Key, out var kept) && kept.At == oldest.At)
            _verdicts.Remove(oldest.Key);
    }

    bool IsFresh(long at) => time.GetElapsedTime(at) < ttl;
}
