using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace McpScript.Testing.Processes;

/// <summary>Debian's <c>oathtool</c>: somebody else's one-time codes.</summary>
public static class Oathtool
{
    /// <summary>Why it cannot be asked here; null if it can.</summary>
    public static string? Missing { get; } = Look();

    /// <summary>The code of a secret in Base32 at a moment.</summary>
    public static async Task<string> CodeAsync(string secret, DateTimeOffset at, int digits = 6)
    {
        // By the pipe: arguments can be seen by everybody.
        using var process = Process.Start(new ProcessStartInfo("oathtool", ["--totp", "--base32", $"--digits={digits}", $"--now={at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC", "-"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        })!;
        await process.StandardInput.WriteLineAsync(secret);
        process.StandardInput.Close();
        var code = await process.StandardOutput.ReadToEndAsync().WaitAsync(TestHost.Patience);
        await process.WaitForExitAsync().WaitAsync(TestHost.Patience);
        return process.ExitCode == 0 ? code.Trim() : throw new InvalidOperationException($"oathtool ended with {process.ExitCode}.");
    }

    static string? Look()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("oathtool", ["--version"]) { RedirectStandardOutput = true })!;
            process.WaitForExit();
            return null;
        }
        catch (Win32Exception e)
        {
            return $"oathtool is needed, and could not be started: {e.Message}";
        }
    }
}
