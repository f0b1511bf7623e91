using McpScript.Logging;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;

namespace McpScript.Core.Tests.Logging;

/// <summary>A client's mistake or hang-up is one log line at most; a plugin's exception keeps its stack.</summary>
public class QuietClientsTests
{
    public static TheoryData<Exception, string, LogLevel, LogLevel> Cases => new()
    {
        { new OperationCanceledException("gone"), "LogRequestHandlerException", LogLevel.Warning, LogLevel.Information },
        { new IOException("broken pipe"), "LogTransportSendFailed", LogLevel.Error, LogLevel.Information },
        { new McpProtocolException("Unknown tool: 'x'", McpErrorCode.InvalidParams), "LogRequestHandlerException", LogLevel.Warning, LogLevel.Warning },
        { new McpProtocolException("Unknown tool: 'x'", McpErrorCode.InvalidParams), "ToolCallError", LogLevel.Error, LogLevel.Debug },
    };

    [Theory, MemberData(nameof(Cases)), Trait("Fault", "B-F8"), Trait("Fault", "B-Lesser")]
    public void A_client_error_cancellation_or_disconnect_is_one_line(Exception exception, string name, LogLevel level, LogLevel expected)
    {
        Assert.Equal($"{expected}: Failed. {exception.Message}", Line(exception, name, level));
    }

    [Theory, Trait("Fault", "B-F8")]
    [InlineData("ToolCallError", false)]
    [InlineData("ToolCallError", true)]
    [InlineData("LogRequestHandlerException", false)]
    public void An_exception_of_a_plugin_is_logged_in_full(string name, bool isTimeout)
    {
        Exception exception = isTimeout ? new TaskCanceledException("The plugin's own time-out.") : new InvalidOperationException("disk on fire");
        Assert.Equal($"Error: Failed.\n{exception}", Line(exception, name, LogLevel.Error));
    }

    static string Line(Exception exception, string name, LogLevel level)
    {
        var log = new LogLines();
        new QuietClients(new Loggers(log)).CreateLogger("sdk").Log(level, new EventId(1, name), "Failed.", exception, (state, _) => state);
        return Assert.Single(log.Lines);
    }

    sealed class Loggers(ILogger logger) : ILoggerFactory
    {
        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public ILogger CreateLogger(string categoryName) => categoryName == "sdk" ? logger : throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
