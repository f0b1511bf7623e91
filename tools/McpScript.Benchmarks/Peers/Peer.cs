using System.Diagnostics;
using System.Text.RegularExpressions;

namespace McpScript.Benchmarks.Peers;

/// <summary>Process of a server with an echo tool.</summary>
sealed partial class Peer : IAsyncDisposable
{
    readonly Process _process;

    Peer(string name, Process process) => (Name, _process) = (name, process);

    /// <summary>Name in the table of results.</summary>
    public string Name { get; }

    /// <summary>HTTP port; 0 over stdio.</summary>
    public int Port { get; private set; }

    /// <summary>Processor time used so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts a server over stdio.</summary>
    public static Peer Stdio(string name, string program, string[] arguments, string home) => new(name, Start(program, arguments, home, input: true));

    /// <summary>Starts a server over HTTP and waits until it writes its port to stderr; at most one minute.</summary>
    public static async Task<Peer> HttpAsync(string name, string program, string[] arguments, string home)
    {
        var peer = new Peer(name, Start(program, arguments, home, input: false));
        var port = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        peer._process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is { } text && Listens().Match(text) is { Success: true } match)
                port.TrySetResult(int.Parse(match.Groups[1].Value));
        };
        peer._process.BeginErrorReadLine();
        peer.Port = await port.Task.WaitAsync(TimeSpan.FromMinutes(1));
        return peer;
    }

    /// <summary>Connects a caller.</summary>
    /// <param name="transport">Transport.</param>
    /// <param name="atOnce">Concurrent calls over stdio, which has one connection.</param>
    public async Task<ICaller> ConnectAsync(PeerTransport transport, int atOnce)
    {
        if (transport == PeerTransport.HttpStateless)
            return await HttpCaller.StatelessAsync(Port);
        if (transport == PeerTransport.HttpSession)
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
