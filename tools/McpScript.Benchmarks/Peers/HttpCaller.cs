using System.Net.Sockets;
using System.Text;

namespace McpScript.Benchmarks.Peers;

/// <summary>
/// HTTP connection that repeats the same tool call and parses as little of the response as possible, so that the server is measured and not the client.
/// </summary>
sealed class HttpCaller : ICaller
{
    readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    readonly byte[] _response = new byte[64 * 1024];
    readonly int _port;
    byte[] _call = [];

    HttpCaller(int port) => _port = port;

    /// <summary>Opens a connection without a session (protocol 2026-07-28).</summary>
    public static async Task<ICaller> StatelessAsync(int port)
    {
        var caller = new HttpCaller(port);
        await caller._socket.ConnectAsync("127.0.0.1", port);
        caller._call = caller.Post(Messages.StatelessCall, "MCP-Protocol-Version: 2026-07-28\r\nMcp-Method: tools/call\r\nMcp-Name: echo\r\n");
        return caller;
    }

    /// <summary>Opens a connection with its own session (protocol 2025-11-25).</summary>
    public static async Task<ICaller> WithSessionAsync(int port)
    {
        var caller = new HttpCaller(port);
        await caller._socket.ConnectAsync("127.0.0.1", port);
        var opened = await caller.SendAsync(caller.Post(Messages.Initialize, ""));
        var session = opened.Split("\r\n").Single(line => line.StartsWith("mcp-session-id:", StringComparison.OrdinalIgnoreCase)).Split(':', 2)[1].Trim();
        var headers = $"Mcp-Session-Id: {session}\r\nMCP-Protocol-Version: 2025-11-25\r\n";
        await caller.SendAsync(caller.Post(Messages.Initialized, headers));
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
            if (_response.AsSpan(0, length).IndexOf(Messages.Result) < 0)
                throw new InvalidOperationException($"Not the result: {Encoding.UTF8.GetString(_response, 0, length)}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    async Task<string> SendAsync(byte[] request)
    {
        await _socket.SendAsync(request);
        return Encoding.UTF8.GetString(_response, 0, await ReadAsync());
    }

    byte[] Post(string body, string headers) => Encoding.UTF8.GetBytes(
        $"POST /mcp HTTP/1.1\r\nHost: 127.0.0.1:{_port}\r\nContent-Type: application/json\r\nAccept: application/json, text/event-stream\r\n"
        + $"{headers}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");

    async Task<int> ReadAsync()
    {
        var length = 0;
        while (!IsWhole(_response.AsSpan(0, length)))
            length += await _socket.ReceiveAsync(_response.AsMemory(length)) is > 0 and var more
                ? more
                : throw new IOException("The server closed the connection.");
        return length;
    }

    static bool IsWhole(ReadOnlySpan<byte> response)
    {
        var head = response.IndexOf("\r\n\r\n"u8);
        if (head < 0)
            return false;
        var headers = response[..head];
        if (Contains(headers, "chunked"u8))
            // Only the body is searched: a session id may end with 0 too.
            return response[(head + 4)..].EndsWith("0\r\n\r\n"u8);
        var at = IndexOf(headers, "content-length: "u8);
        if (at < 0)
            return true;
        var digits = headers[(at + 16)..];
        var end = digits.IndexOf((byte)'\r');
        return response.Length - head - 4 >= int.Parse(end < 0 ? digits : digits[..end]);
    }

    static bool Contains(ReadOnlySpan<byte> headers, ReadOnlySpan<byte> word) => IndexOf(headers, word) >= 0;

    // Header names are case-insensitive.
    static int IndexOf(ReadOnlySpan<byte> headers, ReadOnlySpan<byte> word)
    {
        for (var i = 0; i + word.Length <= headers.Length; i++)
            if (Ascii.EqualsIgnoreCase(headers.Slice(i, word.Length), word))
                return i;
        return -1;
    }
}
