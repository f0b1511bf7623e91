// Shell: runs commands after the gate group is unlocked with a one-time code (docs/gate.md). Settings: folder (the working directory), timeout (60 seconds).
using System.Diagnostics;

const int LongestOutput = 100_000;

record Ran(int? ExitCode, string Output, bool Cut);

var folder = Path.GetFullPath(config.Get("folder", ".")!);
var limit = TimeSpan.FromSeconds(config.Get("timeout", 60));

mcp.Tool("run_command", "Run a command line in the shell, and return its output.",
    async ([Description("The command line.")] string command, CancellationToken ct) =>
{
    using var end = CancellationTokenSource.CreateLinkedTokenSource(ct, mcp.Unloading);
    end.CancelAfter(limit);
    var (shell, option) = OperatingSystem.IsWindows() ? ("cmd.exe", "/c") : ("/bin/sh", "-c");
    using var process = Process.Start(new ProcessStartInfo(shell, [option, command])
    {
        WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
    })!;
    process.StandardInput.Close();
    var output = new StringBuilder();
    var cut = false;
    var reading = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
    try
    {
        await reading.WaitAsync(end.Token);
        await process.WaitForExitAsync(end.Token);
        return new Ran(process.ExitCode, output.ToString(), cut);
    }
    catch (OperationCanceledException) when (!ct.IsCancellationRequested)
    {
        lock (output)
            throw new McpException($"The command did not end within {limit.TotalSeconds:0} s and was stopped. It had printed:\n{output}");
    }
    finally
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
    }

    async Task ReadAsync(StreamReader from)
    {
        var part = new char[4096];
        while (await from.ReadAsync(part) is > 0 and var length)
            lock (output)
            {
                var room = Math.Min(length, LongestOutput - output.Length);
                output.Append(part, 0, room);
                cut |= room < length;
            }
    }
}, new() { Title = "Run a command", Destructive = true, OpenWorld = true }).Protect("shell");
