using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace McpScript.Gates;

/// <summary>Time-based one-time codes (RFC 6238) with the parameters of common authenticators: SHA-1, 30 seconds, six digits.</summary>
static class Totp
{
    /// <summary>The number of digits of a code.</summary>
    public const int Digits = 6;

    /// <summary>The shortest accepted secret, in bytes (RFC 4226, section 4, R6).</summary>
    public const int ShortestSecret = 16;

    /// <summary>The period of a code: 30 seconds.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    /// <summary>Returns the time step of a point in time.</summary>
    public static long StepOf(DateTimeOffset time) => time.ToUnixTimeSeconds() / (long)Step.TotalSeconds;

    /// <summary>Returns the code of a time step.</summary>
    /// <param name="secret">The shared secret.</param>
    /// <param name="step">The time step.</param>
    /// <param name="digits">The number of digits: six, or eight for the RFC's test vectors.</param>
    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "RFC 6238: authenticator apps use HMAC-SHA-1.")]
    public static string Code(ReadOnlySpan<byte> secret, long step, int digits = Digits)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        HMACSHA1.HashData(secret, counter, hash);
        var number = BinaryPrimitives.ReadUInt32BigEndian(hash[(hash[^1] & 0xF)..]) & 0x7FFF_FFFF;
        return (number % (uint)Math.Pow(10, digits)).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
    }

    /// <summary>Returns true for six ASCII digits and nothing else.</summary>
    public static bool IsCode(ReadOnlySpan<char> text) => text.Length == Digits && !text.ContainsAnyExceptInRange('0', '9');

    /// <summary>
    /// Returns the time step of a code, from the current step and its two neighbours; null if it matches none. Takes the same time for all codes.
    /// </summary>
    /// <param name="secret">The shared secret.</param>
    /// <param name="code">The text from the caller.</param>
    /// <param name="now">The current time.</param>
    public static long? Find(ReadOnlySpan<byte> secret, string code, DateTimeOffset now)
    {
        if (!IsCode(code))
            return null;
        Span<byte> given = stackalloc byte[Digits];
        Encoding.ASCII.GetBytes(code, given);
        Span<byte> expected = stackalloc byte[Digits];
        long? found = null;
        for (var step = StepOf(now) - 1; step <= StepOf(now) + 1; step++)
        {
            Encoding.ASCII.GetBytes(Code(secret, step), expected);
            // No early exit: all three codes are compared, so that the time reveals nothing.
            if (CryptographicOperations.FixedTimeEquals(given, expected))
                found = step;
        }
        return found;
    }

    /// <summary>Returns a new random secret of 160 bits, in Base32.</summary>
    public static string NewSecret() => Base32.Encode(RandomNumberGenerator.GetBytes(20));

    /// <summary>Returns the otpauth URI that authenticators read from a QR code.</summary>
    public static string UriOf(string issuer, string account, string secret)
    {
        var (who, what) = (Uri.EscapeDataString(issuer), Uri.EscapeDataString(account));
        return $"otpauth://totp/{who}:{what}?secret={secret}&issuer={who}&algorithm=SHA1&digits={Digits}&period={Step.TotalSeconds:0}";
    }
}
