using System.Collections.Concurrent;
using McpScript.Gates;

namespace McpScript.Testing;

/// <summary>Gate secrets of one test, created at first use.</summary>
public sealed class KnownSecrets : IGateSecrets
{
    readonly ConcurrentDictionary<string, string> _secrets = new(StringComparer.Ordinal);

    /// <summary>Secret of a reference.</summary>
    public string this[string reference] => _secrets.GetOrAdd(reference, _ => Secrets.Keep(Totp.Default.NewSecret()));

    /// <summary>Returns the code of a secret at a time.</summary>
    public string Code(string reference, DateTimeOffset at) =>
        Base32.TryDecode(this[reference], out var secret) ? Totp.Default.CodeAt(secret, at) : throw new FormatException();

    /// <summary>Returns six digits that are not a code of a secret at a time, nor one step before or after it.</summary>
    public string Wrong(string reference, DateTimeOffset at)
    {
        var right = new[] { -1, 0, 1 }.Select(step => Code(reference, at + step * Totp.Default.Step)).ToHashSet();
        return Enumerable.Range(0, 4).Select(number => $"{number:000000}").First(code => !right.Contains(code));
    }

    /// <inheritdoc/>
    public ValueTask<string> GetAsync(string reference, CancellationToken cancellationToken) => new(this[reference]);
}
