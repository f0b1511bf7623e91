using System.Net.Sockets;
using System.Text;

namespace McpScript.Framework.Tests.Http;

public sealed class HostileRequestTests : IAsyncLifetime
{
    HttpHost _host = null!;

    public static TheoryData<string> Names => [.. HostileRequest.All.Keys];

    public async ValueTask InitializeAsync() => _host = await HttpHost.StartAsync();

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Theory, MemberData(nameof(Names)), Trait("Fault", "B-F19")]
    public async Task A_hostile_request_gets_the_right_error_and_does_no_harm(string name)
    {
        var expected = HostileRequest.All[name];
        var session = await _host.InitializeAsync(headers: [("X-User", "")]);

        var answer = await _host.SendAsync(expected.Make(_host, session));

        Assert.Empty(_host.Errors.Errors);
        Assert.Equal(expected.Status, answer.Status);
        Assert.Equal(expected.Code, answer.ErrorCode);
        Assert.Equal(expected.Id, answer.Message?["id"]?.ToString());
        if (expected.Code is not null)
            Assert.NotEmpty((string?)answer.Message!["error"]!["message"] ?? "");
        if (expected.Status == 405)
            Assert.Equal(name.StartsWith("a stateless", StringComparison.Ordinal) ? "POST" : "GET, POST, DELETE", answer.Header("Allow"));
        await ServesOnAsync(session);
    }

    [Theory]
    [InlineData("POST /mcp HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"jsonrpc\"")]
    [InlineData(
        "POST /mcp HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n")]
    [InlineData("POST /mcp HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\nContent-Type: application/json\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("POST /mcp HTTP/1.1\r\nHost: localhost\r\nHost: evil.example.com\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("POST /mcp HTTP/1.1\r\nHost: local host\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("POST /mcp HTTP/1.1\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("POST /mcp HTTP/1.0\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("POST http://evil.example.com/mcp HTTP/1.1\r\nHost: evil.example.com\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("POST /mcp HTTP/1.1\r\nHost: localhost\r\nMcp-Session-Id: a\u0001b\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("OPTIONS /mcp HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\nAccess-Control-Request-Method: "
        + "POST\r\nAccess-Control-Request-Headers: \u00e9\r\n\r\n")]
    [InlineData("GARBAGE\r\n\r\n")]
    public async Task Malformed_HTTP_is_not_a_500_and_does_no_harm(string request)
    {
        var session = await _host.InitializeAsync();
        using var socket = new TcpClient();
        await socket.ConnectAsync(_host.Base.Host, _host.Base.Port);
        var stream = socket.GetStream();

        await stream.WriteAsync(Encoding.UTF8.GetBytes(request));
        socket.Client.Shutdown(SocketShutdown.Send);
        var answer = await ReadToEndAsync(stream).WaitAsync(Door.Patience);

        Assert.DoesNotContain(" 500 ", answer.Split('\n')[0]);
        Assert.DoesNotContain(" 200 ", answer.Split('\n')[0]);
        await ServesOnAsync(session);
    }

    static async Task<string> ReadToEndAsync(NetworkStream stream)
    {
        try
        {
            return await new StreamReader(stream).ReadToEndAsync();
        }
        catch (IOException)
        {
            // A reset is an answer too, to a request that breaks off.
            return "";
        }
    }

    async Task ServesOnAsync(string session)
    {
        var inSession = await _host.SendAsync(_host.Post(Raw.Call("echo", 99, """{"text":"still here"}"""), ("Mcp-Session-Id", session)));
        var stateless = await _host.SendAsync(_host.StatelessCall("echo", """{"text":"still here"}"""));
        Assert.Equal(("echo: still here", "echo: still here"), (inSession.Text, stateless.Text));
        Assert.Empty(_host.Errors.Errors);
    }
}
