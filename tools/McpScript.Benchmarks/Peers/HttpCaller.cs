using System.Net.Sockets;
using System.Text;

namespace McpScript.Benchmarks.Peers;

/// <summary>
/// One connection that sends the same tool call again and again, and reads no more of an answer than it must: what is measured is the server.
/// </summary>
sealed class HttpCaller : ICaller
{
    readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    readonly byte[] _answer = new byte[64 * 1024];
    readonly int _port;
    byte[] _call = [];

    HttpCaller(int port) => _port = port;

    /// <summary>A connection without a session, as of 2026-07-28.</summary>
    public static async Task<ICaller> StatelessAsync(int port)
    {
        var caller = new HttpCaller(port);
        await caller._socket.ConnectAsync("127.0.0.1", port);
        caller._call = caller.Post(Messages.StatelessCall, "MCP-Protocol-Version: 2026-07-28\r\nMcp-Method: tools/call\r\nMcp-Name: echo\r\n");
        return caller;
    }

    /// <summary>A connection with a session of its own, as of 2025-11-25.</summary>
    public static async Task<ICaller> WithSessionAsync(int port)
    {
        var caller = new HttpCaller(port);
        await caller._socket.ConnectAsync("127.0.0.1", port);
        var opened = await caller.AskAsync(caller.Post(Messages.Initialize, ""));
        var session = opened.Split("\r\n").Single(line => line.StartsWith("mcp-session-id:", StringComparison.OrdinalIgnoreCase)).Split(':', 2)[1].Trim();
        var headers = $"Mcp-Session-Id: {session}\r\nMCP-Protocol-Version: 2025-11-25\r\n";
        await caller.AskAsync(caller.Post(Messages.Initialized, headers));
        caller._call = caller.Post(Messages.Call, headers);
        return caller;
    }

    /// <inheritdoc/>
    public async Task CallAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            await _socket.SendAsync(_call);
            var length = await ReadAsync();
            if (_answer.AsSpan(0, length).IndexOf(Messages.Result) < 0)
                throw new InvalidOperationException($"Not the result: {Encoding.UTF8.GetString(_answer, 0, length)}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    async Task<string> AskAsync(byte[] request)
    {
        await _socket.SendAsync(request);
        return Encoding.UTF8.GetString(_answer, 0, await ReadAsync());
    }

    byte[] Post(string body, string headers) => Encoding.UTF8.GetBytes(
        $"POST /mcp HTTP/1.1\r\nHost: 127.0.0.1:{_port}\r\nContent-Type: application/json\r\nAccept: application/json, text/event-stream\r\n{headers}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");

    async Task<int> ReadAsync()
    {
        var length = 0;
        while (!IsWhole(_answer.AsSpan(0, length)))
            length += await _socket.ReceiveAsync(_answer.AsMemory(length)) is > 0 and var more ? more : throw new IOException("The server closed the connection.");
        return length;
    }

    static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0)
            return false;
        var headers = answer[..head];
        if (Contains(headers, "chunked"u8))
            // Of the body alone: a session's id may end in 0 too.
            return answer[(head + 4)..].EndsWith("0\r\n\r\n"u8);
        var at = IndexOf(headers, "content-length: "u8);
        if (at < 0)
            return true;
        var digits = headers[(at + 16)..];
        var end = digits.IndexOf((byte)'\r');
        return answer.Length - head - 4 >= int.Parse(end < 0 ? digits : digits[..end]);
    }

    static bool Contains(ReadOnlySpan<byte> headers, ReadOnlySpan<byte> word) => IndexOf(headers, word) >= 0;

    // Servers spell header names as they like.
    static int IndexOf(ReadOnlySpan<byte> headers, ReadOnlySpan<byte> word)
    {
        for (var i = 0; i + word.Length <= headers.Length; i++)
            if (Ascii.EqualsIgnoreCase(headers.Slice(i, word.Length), word))
                return i;
        return -1;
    }
}
