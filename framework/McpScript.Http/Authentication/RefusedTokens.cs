namespace McpScript.Http.Authentication;

/// <summary>Tokens that were refused a moment ago, by their hashes; beyond the limit the oldest is forgotten. Not safe for concurrent use.</summary>
/// <param name="moment">How long each is remembered; zero for not at all.</param>
/// <param name="time">The clock.</param>
sealed class RefusedTokens(TimeSpan moment, TimeProvider time)
{
    const int Most = 10_000;

    readonly Dictionary<string, (TokenResult Verdict, long At)> _verdicts = [];
    readonly Queue<(string Key, long At)> _oldestFirst = new();

    /// <summary>The refusal; null if the token is not known, or was refused too long ago.</summary>
    public TokenResult? Find(string key) => _verdicts.TryGetValue(key, out var kept) && IsFresh(kept.At) ? kept.Verdict : null;

    /// <summary>Remembers a refusal.</summary>
    /// <param name="key">The token's hash.</param>
    /// <param name="verdict">The refusal.</param>
    /// <param name="at">When the authorization server was asked, by the clock.</param>
    public void Add(string key, TokenResult verdict, long at)
    {
        if (moment <= TimeSpan.Zero)
            return;
        while (_oldestFirst.TryPeek(out var oldest) && (_oldestFirst.Count >= Most || !IsFresh(oldest.At)))
            Forget(_oldestFirst.Dequeue());
        _verdicts[key] = (verdict, at);
        _oldestFirst.Enqueue((key, at));
    }

    // Refused again since, it has a later place.
    void Forget((string Key, long At) oldest)
    {
        if (_verdicts.TryGetValue(oldest.Key, out var kept) && kept.At == oldest.At)
            _verdicts.Remove(oldest.Key);
    }

    bool IsFresh(long at) => time.GetElapsedTime(at) < moment;
}
