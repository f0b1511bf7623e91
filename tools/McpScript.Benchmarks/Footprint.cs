namespace McpScript.Benchmarks;

/// <summary>What a process holds at one moment (Linux).</summary>
/// <param name="ResidentMiB">Resident memory.</param>
/// <param name="Handles">Open file descriptors.</param>
/// <param name="Threads">Threads.</param>
/// <param name="Watches">inotify watches.</param>
readonly record struct Footprint(double ResidentMiB, int Handles, int Threads, int Watches)
{
    /// <summary>Looks at a process.</summary>
    public static Footprint Of(int process)
    {
        var place = $"/proc/{process}";
        // In pages; the second number is what is resident.
        var pages = long.Parse(File.ReadAllText($"{place}/statm").Split(' ')[1]);
        return new(
            pages * Environment.SystemPageSize / 1048576.0,
            Directory.EnumerateFileSystemEntries($"{place}/fd").Count(),
            Directory.EnumerateDirectories($"{place}/task").Count(),
            Directory.EnumerateFiles($"{place}/fdinfo").Sum(WatchesOf));
    }

    static int WatchesOf(string descriptor)
    {
        try
        {
            return File.ReadLines(descriptor).Count(line => line.StartsWith("inotify ", StringComparison.Ordinal));
        }
        catch (IOException)
        {
            // Closed while we looked.
            return 0;
        }
    }
}
