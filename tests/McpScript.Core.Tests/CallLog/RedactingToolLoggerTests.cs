using McpScript.CallLog;

namespace McpScript.Core.Tests.CallLog;

/// <summary>All loggers behind it get calls without secrets, one by one or many at once.</summary>
public sealed class RedactingToolLoggerTests : IDisposable
{
    readonly (RecordingLogger First, RecordingLogger Second) _loggers = (new(), new());
    readonly RedactingToolLogger _redacting;

    public RedactingToolLoggerTests() => _redacting = new(new CompositeToolLogger([_loggers.First, _loggers.Second]), Redaction.Default);

    public void Dispose() => _redacting.Dispose();

    [Fact]
    public void A_call_reaches_all_loggers_without_its_secrets()
    {
        _redacting.Write(Some.ToolCall("one", """{"password":"hunter22"}"""));

        foreach (var logger in new[] { _loggers.First, _loggers.Second })
            Assert.Equal(("one", "[redacted]", true), logger.Calls.Select(call => (call.Tool, call.Params[0].Value.GetString(), call.IsRedacted)).Single());
    }

    [Fact]
    public void Many_calls_at_once_keep_their_order_and_lose_their_secrets()
    {
        var calls = Enumerable.Range(0, 5).Select(number => Some.ToolCall($"{number}", """{"password":"hunter22"}""", "it is hunter22")).ToArray();

        _redacting.Write(calls);

        Assert.Equal(Enumerable.Range(0, 5).Select(number => ($"{number}", "[redacted]", "it is [redacted]")),
            _loggers.Second.Calls.Select(call => (call.Tool, call.Params[0].Value.GetString()!, call.Result)));
        Assert.All(calls, call => Assert.False(call.IsRedacted));
    }

    [Fact]
    public void The_inner_loggers_are_disposed_of_with_it()
    {
        _redacting.Dispose();

        Assert.True(_loggers.First.IsDisposed && _loggers.Second.IsDisposed);
    }
}
