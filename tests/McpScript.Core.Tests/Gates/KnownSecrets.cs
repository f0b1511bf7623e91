using System.Collections.Concurrent;
using McpScript.Gates;

namespace McpScript.Core.Tests.Gates;

/// <summary>Secrets that are made when a gate first requests them.</summary>
sealed class KnownSecrets : IGateSecrets
{
    readonly ConcurrentDictionary<string, string> _secrets = new(StringComparer.Ordinal);

    /// <summary>The secret of that name.</summary>
    public string this[string reference] => _secrets.GetOrAdd(reference, _ => Totp.Default.NewSecret());

    /// <summary>The code of a secret at a moment.</summary>
    public string Code(string reference, DateTimeOffset at, Totp? codes = null) =>
        Base32.TryDecode(this[reference], out var secret) ? (codes ?? Totp.Default).CodeAt(secret, at) : throw new FormatException();

    /// <summary>Six digits that are no code of a secret at a moment, nor next to it.</summary>
    public string Wrong(string reference, DateTimeOffset at)
    {
        var right = new[] { -1, 0, 1 }.Select(step => Code(reference, at + step * Totp.Default.Step)).ToHashSet();
        return Enumerable.Range(0, 4).Select(number => $"{number:000000}").First(code => !right.Contains(code));
    }

    /// <inheritdoc/>
    public ValueTask<string> GetAsync(string reference, CancellationToken cancellationToken) => new(this[reference]);
}
