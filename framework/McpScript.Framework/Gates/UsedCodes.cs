using System.Security.Cryptography;

namespace McpScript.Gates;

/// <summary>
/// The last time step of each secret with an accepted code: this code and older ones are not accepted again. Not safe for concurrent use: the gate's lock
/// protects it.
/// </summary>
sealed class UsedCodes
{
    readonly Dictionary<string, long> _last = new(StringComparer.Ordinal);

    /// <summary>Marks the code of a time step as used; returns false if it or a newer one was used before.</summary>
    /// <param name="secret">The secret.</param>
    /// <param name="period">The length of a time step, in seconds.</param>
    /// <param name="step">The number of the time step since 1970.</param>
    public bool TryTake(byte[] secret, int period, long step)
    {
        // Keyed by the secret, not by its name: two groups may share a secret, and a name may get a new one. Steps of another length are counted apart.
        var key = $"{Convert.ToHexString(SHA256.HashData(secret))} {period}";
        if (_last.TryGetValue(key, out var last) && step <= last)
            return false;
        _last[key] = step;
        return true;
    }
}
