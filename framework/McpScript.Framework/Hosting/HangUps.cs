using System.Globalization;

namespace McpScript.Hosting;

/// <summary>Meaning of SIGHUP for a process: its terminal is gone, or an operator asks it to read its configuration again.</summary>
static class HangUps
{
    const int SigHup = 1;

    /// <summary>Whether the process was started with SIGHUP ignored (<c>nohup</c>), which then stays so.</summary>
    public static bool AreIgnored()
    {
        try
        {
            // A mask of signals, in hexadecimal; the first bit is that of signal 1. Systems without this file do not tell.
            var mask = File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith("SigIgn:", StringComparison.Ordinal));
            return mask is not null && (ulong.Parse(mask["SigIgn:".Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & (1UL << (SigHup - 1))) != 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            return false;
        }
    }

    /// <summary>
    /// Whether the process has a controlling terminal, so that SIGHUP says that the terminal has gone. Asked at start: later the terminal may be gone
    /// already.
    /// </summary>
    public static bool ComeFromATerminal()
    {
        try
        {
            using var terminal = File.Open("/dev/tty", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            // ENXIO: a service, a container without a terminal, a process of its own session.
            return false;
        }
    }
}
