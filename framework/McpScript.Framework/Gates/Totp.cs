using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace McpScript.Gates;

/// <summary>Time-based one-time codes (RFC 6238) as every authenticator makes them: SHA-1, 30 seconds, six digits.</summary>
static class Totp
{
    /// <summary>How many digits a code has.</summary>
    public const int Digits = 6;

    /// <summary>The shortest secret that is taken, in bytes (RFC 4226, section 4, R6).</summary>
    public const int ShortestSecret = 16;

    /// <summary>How long a code is shown.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    /// <summary>The step that a moment lies in.</summary>
    public static long StepOf(DateTimeOffset moment) => moment.ToUnixTimeSeconds() / (long)Step.TotalSeconds;

    /// <summary>The code of a step.</summary>
    /// <param name="secret">The shared secret.</param>
    /// <param name="step">The step.</param>
    /// <param name="digits">Six, but for the eight of the RFC's own examples.</param>
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

    /// <summary>True for six ASCII digits and nothing else.</summary>
    public static bool IsCode(ReadOnlySpan<char> text) => text.Length == Digits && !text.ContainsAnyExceptInRange('0', '9');

    /// <summary>
    /// The step whose code this is, of the one now and its two neighbours; null if it is none of theirs. Takes as long for a wrong code as for a right one.
    /// </summary>
    /// <param name="secret">The shared secret.</param>
    /// <param name="code">What was given.</param>
    /// <param name="now">The moment.</param>
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
            // No way out of the loop: all three are compared, whichever it is.
            if (CryptographicOperations.FixedTimeEquals(given, expected))
                found = step;
        }
        return found;
    }

    /// <summary>A new secret of 160 bits, in Base32.</summary>
    public static string NewSecret() => Base32.Encode(RandomNumberGenerator.GetBytes(20));

    /// <summary>What authenticators read from a QR code.</summary>
    public static string UriOf(string issuer, string account, string secret)
    {
        var (who, what) = (Uri.EscapeDataString(issuer), Uri.EscapeDataString(account));
        return $"otpauth://totp/{who}:{what}?secret={secret}&issuer={who}&algorithm=SHA1&digits={Digits}&period={Step.TotalSeconds:0}";
    }
}
