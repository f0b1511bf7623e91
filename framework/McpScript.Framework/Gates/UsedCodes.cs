using System.Security.Cryptography;

namespace McpScript.Gates;

/// <summary>
/// The last step of each secret whose code was taken: neither it nor an older one is taken again. Not safe for concurrent use: the gate has one lock for
/// all it knows.
/// </summary>
sealed class UsedCodes
{
    readonly Dictionary<string, long> _last = new(StringComparer.Ordinal);

    /// <summary>Takes a step's code; false if it, or a newer one, was taken before.</summary>
    public bool TryTake(byte[] secret, long step)
    {
        // By the secret, not its name: two groups may share one, and a new one under an old name is another.
        var key = Convert.ToHexString(SHA256.HashData(secret));
        if (_last.TryGetValue(key, out var last) && step <= last)
            return false;
        _last[key] = step;
        return true;
    }
}
