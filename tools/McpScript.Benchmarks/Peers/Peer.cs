using System.Diagnostics;
using System.Text.RegularExpressions;

namespace McpScript.Benchmarks.Peers;

/// <summary>A server with an echo tool, as a process of its own.</summary>
sealed partial class Peer : IAsyncDisposable
{
    readonly Process _process;

    Peer(string name, Process process) => (Name, _process) = (name, process);

    /// <summary>What it is called in the table.</summary>
    public string Name { get; }

    /// <summary>Its HTTP port; 0 over stdio.</summary>
    public int Port { get; private set; }

    /// <summary>The processor time that it has used.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts it over stdio.</summary>
    public static Peer Stdio(string name, string program, string[] arguments, string home) => new(name, Start(program, arguments, home, input: true));

    /// <summary>Starts it over HTTP and waits until it tells its port.</summary>
    public static async Task<Peer> HttpAsync(string name, string program, string[] arguments, string home)
    {
        var peer = new Peer(name, Start(program, arguments, home, input: false));
        var told = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        peer._process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is { } text && Listens().Match(text) is { Success: true } match)
                told.TrySetResult(int.Parse(match.Groups[1].Value));
        };
        peer._process.BeginErrorReadLine();
        peer.Port = await told.Task.WaitAsync(TimeSpan.FromMinutes(1));
        return peer;
    }

    /// <summary>Connects a caller.</summary>
    public async Task<ICaller> ConnectAsync(Way way, int atOnce)
    {
        if (way == Way.HttpStateless)
            return await HttpCaller.StatelessAsync(Port);
        if (way == Way.HttpSession)
            return await HttpCaller.WithSessionAsync(Port);
        var caller = new StdioCaller(_process.StandardInput.BaseStream, _process.StandardOutput.BaseStream, atOnce);
        await caller.OpenAsync();
        return caller;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    static Process Start(string program, string[] arguments, string home, bool input)
    {
        var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = input, RedirectStandardOutput = input, RedirectStandardError = true, Environment = { ["HOME"] = home },
        })!;
        if (input)
            process.BeginErrorReadLine();
        return process;
    }

    [GeneratedRegex(@"(?:listening on |Proxy ready: .*?http://127\.0\.0\.1:)(\d+)")]
    private static partial Regex Listens();
}
