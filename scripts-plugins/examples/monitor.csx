// Monitor: load of the machine, as a tool and as a resource that clients can subscribe to. Settings: every (5 seconds).
record Load(double? Processor, int Processors, long MemoryTotal, long MemoryUsed, long DiskFree, string Uptime);

var every = TimeSpan.FromSeconds(Math.Max(0.1, config.Get("every", 5.0)));

mcp.Tool("system_load", "Show the load of this machine: processor, memory and disk in bytes, uptime.", Now, new() { ReadOnly = true, OpenWorld = false });

mcp.Resource("system://load", () => JsonSerializer.Serialize(Now()), new()
{
    Name = "load", Description = "Load of this machine. Subscribers are notified periodically.", MimeType = "application/json",
});

// OnLive runs only in the generation that is served; the token is cancelled when the next one replaces it.
mcp.OnLive(async retiring =>
{
    using var timer = new PeriodicTimer(every);
    while (await timer.WaitForNextTickAsync(retiring))
        mcp.ResourceUpdated("system://load");
});

static Load Now()
{
    var memory = GC.GetGCMemoryInfo();
    return new(
        // The average of the last minute; Linux only.
        File.Exists("/proc/loadavg") ? double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture) : null,
        Environment.ProcessorCount, memory.TotalAvailableMemoryBytes, memory.MemoryLoadBytes, new DriveInfo(Environment.CurrentDirectory).AvailableFreeSpace,
        TimeSpan.FromMilliseconds(Environment.TickCount64).ToString(@"d\.hh\:mm\:ss"));
}
