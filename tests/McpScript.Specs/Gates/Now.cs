using McpScript.Gates;

namespace McpScript.Specs.Gates;

/// <summary>Codes for programs that have a clock of their own.</summary>
static class Now
{
    /// <summary>The next code, which is taken for the longest time, for a machine that is slow.</summary>
    public static string Code(string secret) => Base32.TryDecode(secret, out var bytes) ? Totp.Default.CodeAt(bytes, DateTimeOffset.UtcNow + Totp.Default.Step)
        : throw new FormatException();
}
