using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace McpScript.Testing.Processes;

/// <summary>One-time codes of Debian's <c>oathtool</c>, an independent implementation.</summary>
public static class Oathtool
{
    /// <summary>Reason why oathtool cannot run; null if it can.</summary>
    public static string? Missing { get; } = FindProblem();

    /// <summary>Returns the code of a Base32 secret at a time.</summary>
    public static async Task<string> CodeAsync(string secret, DateTimeOffset at, int digits = 6)
    {
        // The secret is sent over stdin, because all users of the machine can see arguments.
        var now = at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        using var process = Process.Start(new ProcessStartInfo("oathtool", ["--totp", "--base32", $"--digits={digits}", $"--now={now} UTC", "-"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        })!;
        await process.StandardInput.WriteLineAsync(secret);
        process.StandardInput.Close();
        var code = await process.StandardOutput.ReadToEndAsync().WaitAsync(TestHost.Patience);
        await process.WaitForExitAsync().WaitAsync(TestHost.Patience);
        return process.ExitCode == 0 ? code.Trim() : throw new InvalidOperationException($"oathtool ended with {process.ExitCode}.");
    }

    static string? FindProblem()
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
