using System.Text.Json.Nodes;
using McpScript.CallLog;

namespace McpScript.Core.Tests.CallLog;

public class LogCallTests
{
    [Fact]
    public void Parameters_that_json_cannot_hold_do_not_lose_the_entry()
    {
        var logger = new RecordingLogger();
        var loop = new Dictionary<string, object?>();
        loop["self"] = loop;

        Assert.True(logger.LogCall("odd", new Dictionary<string, object?>
        {
            ["token_source"] = new CancellationTokenSource(),
            ["stream"] = new MemoryStream(),
            ["action"] = () => { },
            ["nan"] = double.NaN,
            ["endless"] = Endless(),
            ["loop"] = loop,
            ["bytes"] = new byte[3],
            ["throws"] = new Throws(),
            ["day"] = DayOfWeek.Monday,
            ["login"] = new Login("ann", "hunter22"),
            ["node"] = new JsonObject { ["a"] = 1 },
            ["nothing"] = null,
        }, "done", true));

        var call = Redaction.Default.Apply(Assert.Single(logger.Calls));
        var values = call.Params.ToDictionary(pair => pair.Key, pair => pair.Value.GetRawText());
        Assert.Equal("\"NaN\"", values["nan"]);
        Assert.Equal("\"[3 bytes]\"", values["bytes"]);
        Assert.Equal("\"\\u003CThrows\\u003E\"", values["throws"]);
        Assert.Equal("\"Monday\"", values["day"]);
        Assert.Equal("""{"User":"ann","Password":"[redacted]"}""", values["login"]);
        Assert.Equal("""{"a":1}""", values["node"]);
        Assert.Equal("null", values["nothing"]);
        Assert.EndsWith("\"...\"]", values["endless"]);
        Assert.Equal(12, values.Count);

        static IEnumerable<int> Endless()
        {
            while (true)
                yield return 1;
        }
    }

    [Fact]
    public void A_logger_that_fails_does_not_fail_the_call() =>
        Assert.False(new RecordingLogger { Failure = new IOException("disk full") }.LogCall("echo", null, "", true));

    [Fact]
    public void A_failed_call_is_told_as_one()
    {
        var logger = new RecordingLogger();
        logger.LogCall("echo", null, null, false);
        Assert.Equal((false, CallErrorKind.ToolError, ""), logger.Calls.Select(call => (call.Ok, call.Error, call.Result)).Single());
    }

    sealed record Login(string User, string Password);

    sealed class Throws
    {
        public string Text => throw new InvalidOperationException();
    }
}
