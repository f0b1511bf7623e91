using System.Text.Json;
using McpScript.Configuration;
using McpScript.Logging;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;

namespace McpScript.Core.Tests.Logging;

public sealed class HostLogTests
{
    readonly StringWriter _output = new();

    HostLog Open(LogFormat format = LogFormat.Text, LogLevel level = LogLevel.Information) =>
        HostLog.Open(new McpScriptConfig { LogFormat = format, LogLevel = level }, _output);

    string[] Lines => _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);

    JsonElement Json => JsonDocument.Parse(Assert.Single(Lines)).RootElement;

    [Fact]
    public void A_text_line_has_time_logger_level_and_message()
    {
        using var log = Open();

        log.Factory.CreateLogger("mcp.proxy").LogWarning("Plugin '{Plugin}' has {Tools} tools.", "echo", 2);

        Assert.Matches(@"\A\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} \[mcp\.proxy\] WARNING: Plugin 'echo' has 2 tools\.\n\z", _output.ToString());
    }

    [Fact]
    public void Values_appear_in_a_message_without_quotes()
    {
        using var log = Open();

        log.Factory.CreateLogger("x").LogInformation("{Day} {Span} {Text}", DayOfWeek.Monday, TimeSpan.FromSeconds(2), "text");

        Assert.EndsWith("INFO: Monday 00:00:02 text", Assert.Single(Lines));
    }

    [Fact]
    public void Further_lines_and_the_exception_stand_indented_below()
    {
        using var log = Open();

        log.Factory.CreateLogger("x").LogError(new InvalidOperationException("no"), "one\r\n2026-01-01 00:00:00,000 [x] INFO: two\n");

        Assert.EndsWith(" [x] ERROR: one", Lines[0]);
        Assert.Equal(["    2026-01-01 00:00:00,000 [x] INFO: two", "    System.InvalidOperationException: no"], Lines[1..]);
    }

    [Fact]
    public void No_escape_sequence_reaches_the_terminal()
    {
        using var log = Open();

        log.Factory.CreateLogger("x").LogInformation("{Text}", "a\u001b[31mb\tc");

        Assert.EndsWith("INFO: a\\u001b[31mb\tc", Assert.Single(Lines));
    }

    [Fact]
    public void A_json_line_begins_with_the_originals_fields_and_goes_on_with_the_events_values()
    {
        using var log = Open(LogFormat.Json);

        log.Factory.CreateLogger("mcp.proxy").LogError(new InvalidOperationException("no"), "Plugin '{Plugin}' fell:\n\"{Count}\"", "echo", 3);

        Assert.Equal(["ts", "level", "logger", "msg", "error"], Json.EnumerateObject().Take(5).Select(field => field.Name));
        Assert.Equal(("ERROR", "mcp.proxy", "Plugin 'echo' fell:\n\"3\""), (Text("level"), Text("logger"), Text("msg")));
        Assert.Contains("InvalidOperationException: no", Text("error"));
        Assert.Equal((3, "echo"), (Json.GetProperty("count").GetInt32(), Text("plugin")));

        string? Text(string field) => Json.GetProperty(field).GetString();
    }

    [Fact]
    public void A_value_of_an_event_does_not_replace_a_field_of_the_line()
    {
        using var log = Open(LogFormat.Json);

        log.Factory.CreateLogger("x").Log(LogLevel.Information, new EventId(7, "Moved"), "{Level}\n{PluginName} {Count}", "up", "echo", 3);

        Assert.Equal(
            [("level", "INFO"), ("logger", "x"), ("msg", "up\necho 3"), ("count", "3"), ("event", "Moved"), ("level_", "up"), ("plugin_name", "echo")],
            Json.EnumerateObject().Skip(1).Select(field => (field.Name, field.Value.ToString())));
        Assert.Matches(@"\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00\z", Json.GetProperty("ts").GetString());
    }

    [Fact]
    public void The_level_can_change_while_loggers_are_in_use()
    {
        using var log = Open(level: LogLevel.Warning);
        var logger = log.Factory.CreateLogger("x");

        logger.LogInformation("not yet");
        log.Level = LogLevel.Debug;
        logger.LogDebug("now");
        log.Level = LogLevel.Error;
        logger.LogWarning("no more");

        Assert.EndsWith("DEBUG: now", Assert.Single(Lines));
        Assert.Equal(LogLevel.Error, log.Level);
    }

    [Theory]
    [InlineData(LogLevel.Debug, "WARNING ERROR")]
    [InlineData(LogLevel.Information, "WARNING ERROR")]
    [InlineData(LogLevel.Error, "ERROR")]
    [InlineData(LogLevel.Trace, "DEBUG INFO WARNING ERROR")]
    public void Verbose_libraries_log_only_warnings(LogLevel level, string written)
    {
        using var log = Open(level: level);
        var logger = log.Factory.CreateLogger("Microsoft.AspNetCore.Server.Kestrel");

        logger.LogDebug("");
        logger.LogInformation("");
        logger.LogWarning("");
        logger.LogError("");

        Assert.Equal(written, string.Join(' ', Lines.Select(line => line.Split(' ')[3].TrimEnd(':'))));
    }

    [Theory]
    [InlineData(LogLevel.Trace, true)]
    [InlineData(LogLevel.Debug, false)]
    public void Requests_create_no_logging_scope_below_the_trace_level(LogLevel level, bool wanted)
    {
        using var log = Open(level: LogLevel.Information);
        log.Level = level;
        // What ASP.NET asks before it puts an Activity and a scope around a request.
        Assert.Equal(wanted, log.Factory.CreateLogger("Microsoft.AspNetCore.Hosting.Diagnostics").IsEnabled(LogLevel.Critical));
    }

    [Theory]
    [InlineData(LogLevel.Information, 1)]
    [InlineData(LogLevel.Error, 0)]
    public void A_client_error_is_one_line_without_a_stack_trace(LogLevel level, int lines)
    {
        using var log = Open(level: level);
        LogAsSdk(log, new McpProtocolException("Unknown tool: 'x'", McpErrorCode.InvalidParams));
        Assert.Equal(lines, Lines.Length);
        Assert.All(Lines, line => Assert.EndsWith("WARNING: Method 'tools/call' failed in 3 ms. Unknown tool: 'x'", line));
    }

    [Fact]
    public void A_client_error_is_logged_in_full_at_debug_level_and_a_server_error_always()
    {
        using var log = Open(level: LogLevel.Debug);
        LogAsSdk(log, new McpProtocolException("Unknown tool: 'x'", McpErrorCode.InvalidParams));
        Assert.Equal(2, Lines.Count(line => line.Contains("ModelContextProtocol.McpProtocolException: Unknown tool: 'x'")));

        log.Level = LogLevel.Information;
        LogAsSdk(log, new McpProtocolException("ours", McpErrorCode.InternalError));
        LogAsSdk(log, new InvalidOperationException("ours"));
        Assert.Equal(4, Lines.Count(line => line.StartsWith("    ") && line.EndsWith("Exception: ours")));
    }

    // As the SDK does, twice.
    static void LogAsSdk(HostLog log, Exception e)
    {
        var sdk = log.Factory.CreateLogger("ModelContextProtocol.Server.McpServer");
        sdk.LogError(e, "\"{Tool}\" threw an unhandled exception.", "x");
        sdk.LogWarning(e, "Method '{Method}' failed in {Time} ms.", "tools/call", 3);
    }

    [Fact]
    public void A_failing_log_output_fails_no_caller()
    {
        var closed = new StringWriter();
        closed.Dispose();
        using var log = HostLog.Open(new McpScriptConfig(), closed);

        log.Factory.CreateLogger("x").LogInformation("into the void");
    }

    [Fact]
    public void Lines_of_concurrent_threads_are_not_mixed()
    {
        using var log = Open();
        var logger = log.Factory.CreateLogger("x");

        Parallel.For(0, 1000, i => logger.LogInformation("number {Number} ends", i));

        Assert.Equal(1000, Lines.Length);
        Assert.All(Lines, line => Assert.Matches(@"\[x\] INFO: number \d+ ends\z", line));
    }
}
