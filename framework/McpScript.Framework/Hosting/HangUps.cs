using System.Globalization;

namespace McpScript.Hosting;

/// <summary>Meaning of SIGHUP for a process: its terminal has been closed, or an operator requests a reload of its configuration.</summary>
static class HangUps
{
    const int SigHup = 1;

    /// <summary>Returns true if the process was started with SIGHUP ignored (<c>nohup</c>); it must then stay ignored.</summary>
    public static bool AreIgnored()
    {
        try
        {
            // A mask of signals, in hexadecimal; the first bit is that of signal 1. Other systems do not have this file.
            var mask = File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith("SigIgn:", StringComparison.Ordinal));
            return mask is not null && (SignalsIn(mask) & (1UL << (SigHup - 1))) != 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            return false;
        }
    }

    static ulong SignalsIn(string line) => ulong.Parse(line["SigIgn:".Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    /// <summary>
    /// Returns true if the process has a controlling terminal, so that SIGHUP means that the terminal was closed. Must be called at start, while the terminal
    /// still exists.
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
            // Expected (ENXIO) for a service, a container without a terminal, or a process with its own session.
            return false;
        }
    }
}
