using System.Globalization;

namespace McpScript.Http.Hosting;

/// <summary>Finds the process that listens on a TCP port. Works on Linux only (/proc).</summary>
static class PortHolder
{
    /// <summary>Returns a text such as <c>Process 4711 (mcp-proxy)</c>; null if the process is unknown.</summary>
    public static string? Find(int port)
    {
        try
        {
            var inodes = new[] { "/proc/net/tcp", "/proc/net/tcp6" }.Where(File.Exists).SelectMany(File.ReadLines).Skip(1)
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(fields => fields.Length > 9 && fields[3] == "0A" && PortOf(fields[1]) == port)
                .Select(fields => $"socket:[{fields[9]}]").ToHashSet();
            if (inodes.Count == 0)
                return null;
            foreach (var process in Directory.EnumerateDirectories("/proc").Where(path => int.TryParse(Path.GetFileName(path), out _)))
                if (Holds(process, inodes))
                    return $"Process {Path.GetFileName(process)} ({File.ReadAllText(Path.Combine(process, "comm")).Trim()})";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another operating system, or processes of other users: the process stays unknown.
        }
        return null;
    }

    static int PortOf(string address) => int.Parse(address[(address.LastIndexOf(':') + 1)..], NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    static bool Holds(string process, HashSet<string> inodes)
    {
        try
        {
            return Directory.EnumerateFiles(Path.Combine(process, "fd")).Any(descriptor => inodes.Contains(TargetOf(descriptor)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The process has ended, or belongs to another user.
            return false;
        }
    }

    // A busy process closes descriptors while they are listed: an error at one of them is no reason to skip the others.
    static string TargetOf(string descriptor)
    {
        try
        {
            return File.ResolveLinkTarget(descriptor, false)?.Name ?? "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
