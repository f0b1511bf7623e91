using McpScript.Configuration;
using OtpNet;

namespace McpScript.Gates;

/// <summary>Time-based one-time codes (RFC 6238) with the settings of one group, computed by Otp.NET. Immutable; safe for concurrent use.</summary>
/// <param name="Algorithm">The hash function.</param>
/// <param name="Digits">The number of digits of a code: 6 or 8.</param>
/// <param name="Period">The time for which a code is shown, in whole seconds.</param>
sealed record Totp(TotpAlgorithm Algorithm = TotpAlgorithm.Sha1, int Digits = 6, int Period = 30)
{
    /// <summary>The shortest accepted secret, in bytes (RFC 4226, section 4, R6).</summary>
    public const int ShortestSecret = 16;

    /// <summary>The codes with default settings: SHA-1, six digits, 30 seconds, which all authenticators support.</summary>
    public static Totp Default { get; } = new();

    /// <summary>The codes of a group.</summary>
    public static Totp Of(GateGroupSettings group) => new(group.Algorithm, group.Digits, (int)group.Period.TotalSeconds);

    /// <summary>The codes in words, for a request to a user: "six digits".</summary>
    public string InWords => Digits == 8 ? "eight digits" : "six digits";

    /// <summary>The time for which a code is shown.</summary>
    public TimeSpan Step => TimeSpan.FromSeconds(Period);

    OtpHashMode Mode => Algorithm switch
    {
        TotpAlgorithm.Sha256 => OtpHashMode.Sha256,
        TotpAlgorithm.Sha512 => OtpHashMode.Sha512,
        _ => OtpHashMode.Sha1,
    };

    /// <summary>Returns true for that many ASCII digits and nothing else.</summary>
    public bool IsCode(ReadOnlySpan<char> text) => text.Length == Digits && !text.ContainsAnyExceptInRange('0', '9');

    /// <summary>Returns the time step of a code, from the current step and its two neighbours (RFC 6238, section 5.2); null if it matches none.</summary>
    /// <param name="secret">The shared secret.</param>
    /// <param name="code">The text from the caller.</param>
    /// <param name="now">The current time.</param>
    public long? Find(byte[] secret, string code, DateTimeOffset now) =>
        // In UTC, because Otp.NET reads the ticks of any other time as if they were UTC's.
        IsCode(code) && Codes(secret).VerifyTotp(now.UtcDateTime, code, out var step, VerificationWindow.RfcSpecifiedNetworkDelay) ? step : null;

    /// <summary>Returns the code that is shown at a time.</summary>
    public string CodeAt(byte[] secret, DateTimeOffset time) => Codes(secret).ComputeTotp(time.UtcDateTime);

    /// <summary>Returns a new random secret as long as the hash (RFC 4226, section 4), in Base32.</summary>
    public string NewSecret() => Base32.Encode(KeyGeneration.GenerateRandomKey(Mode));

    /// <summary>Returns the otpauth URI that authenticators read from a QR code.</summary>
    public string UriOf(string issuer, string account, string secret) =>
        new OtpUri(OtpType.Totp, secret, account, issuer, Mode, Digits, Period).ToString();

    OtpNet.Totp Codes(byte[] secret) => new(secret, Period, Mode, Digits);
}
