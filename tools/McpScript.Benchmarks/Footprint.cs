namespace McpScript.Benchmarks;

/// <summary>Resources that a process holds (Linux).</summary>
/// <param name="ResidentMiB">Resident memory in MiB.</param>
/// <param name="Handles">Open file descriptors.</param>
/// <param name="Threads">Threads.</param>
/// <param name="Watches">inotify watches.</param>
readonly record struct Footprint(double ResidentMiB, int Handles, int Threads, int Watches)
{
    /// <summary>Reads the resources of a process from <c>/proc</c>.</summary>
    /// <param name="process">Process id.</param>
    public static Footprint Of(int process)
    {
        var place = $"/proc/{process}";
        // The second number of statm is the resident memory in pages.
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
            // The descriptor was closed in the meantime.
            return 0;
        }
    }
}
