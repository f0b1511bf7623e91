using McpScript.Http.Requests;
using Microsoft.Extensions.Logging;

namespace McpScript.Framework.Tests.Http;

[Trait("Fault", "B-F15")]
public class RefusalLogTests
{
    readonly ManualTime _time = new();
    readonly LogLines _log = new();

    [Fact]
    public async Task The_first_refusal_of_a_kind_is_logged_in_full_and_those_of_a_minute_are_counted()
    {
        await using var host = await StartAsync(access: false);
        for (var time = 0; time < 100; time++)
            await host.SendAsync(host.Post(Raw.Initialize("2025-06-18"), ("Host", "evil.example")));
        await host.SendAsync(host.Post(Raw.Initialize("2025-06-18"), ("Accept", "text/html")));

        Assert.Equal(2, _log.Lines.Count);
        Assert.StartsWith("Information: Refused at MCP: POST /mcp from 127.0.0.1, 403: Forbidden: the host 'evil.example' is not one", _log.Lines[0]);
        Assert.StartsWith("Information: Refused at MCP: POST /mcp from 127.0.0.1, 406: Not acceptable", _log.Lines[1]);

        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("Information: 99 more requests were refused at MCP with 403 within a minute, the last from 127.0.0.1.", _log.Lines[2]);
        Assert.Equal(3, _log.Lines.Count);
        await host.SendAsync(host.Post(Raw.Initialize("2025-06-18"), ("Origin", "https://evil.example")));
        Assert.Contains("pages from 'https://evil.example'", _log.Lines[3]);
    }

    [Theory]
    [InlineData("no session", 404, "Session not found")]
    [InlineData("no JSON", 415, "Unsupported media type")]
    [InlineData("too large", 413, "The body is too large")]
    [InlineData("no message", 400, "The body is not one JSON-RPC message")]
    public async Task Each_kind_of_refusal_leaves_a_line(string kind, int status, string reason)
    {
        await using var host = await StartAsync(access: false);
        await host.SendAsync(kind switch
        {
            "no session" => host.Post(Raw.Call("echo"), ("Mcp-Session-Id", "none")),
            "no JSON" => host.Post("x", ("Content-Type", "text/plain")),
            "too large" => host.Post(new string(' ', 5_000_000)),
            _ => host.Post("{}"),
        });

        Assert.Contains($" from 127.0.0.1, {status}: {reason}", Assert.Single(_log.Lines));
    }

    [Fact]
    public async Task A_caller_cannot_forge_a_line_of_the_log()
    {
        await using var host = await StartAsync(access: false);
        using var request = host.Post(Raw.Initialize("2025-06-18"));
        request.RequestUri = new(host.Base, "/no%0Awhere");
        await host.SendAsync(request);

        Assert.DoesNotContain('\n', Assert.Single(_log.Lines));
    }

    [Fact]
    public async Task The_access_log_has_a_line_for_each_request()
    {
        await using var host = await StartAsync(access: true);
        var session = await host.InitializeAsync("2025-06-18", ("X-User", "ann"));
        await host.SendAsync(host.Post(Raw.Call("echo", 2, """{"text":"secret"}"""), ("Mcp-Session-Id", session), ("X-User", "ann")));

        var lines = _log.Lines.Where(line => line.Contains("POST /mcp 20")).ToList();
        Assert.Equal(3, lines.Count);
        Assert.Matches($@"\AInformation: POST /mcp 200 \d+(\.\d)? ms from 127\.0\.0\.1, session {session[..8]}, principal ann, request \S+\z", lines[2]);
        Assert.DoesNotContain(_log.Lines, line => line.Contains(session) || line.Contains("secret"));
    }

    Task<HttpHost> StartAsync(bool access)
    {
        var requests = new RequestMonitor(LoggerFactory.Create(builder => builder.AddProvider(_log)), access, _time);
        return HttpHost.StartAsync(before: app => requests.Use(app, "MCP"));
    }

    sealed class LogLines : ILoggerProvider, ILogger
    {
        readonly List<string> _lines = [];

        public IReadOnlyList<string> Lines { get { lock (_lines) return [.. _lines]; } }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, Microsoft.Extensions.Logging.EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (_lines)
                _lines.Add($"{logLevel}: {formatter(state, exception)}");
        }

        public void Dispose()
        {
        }
    }
}
