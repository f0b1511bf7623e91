using System.Text.Json;
using System.Text.Json.Serialization;
using McpScript.CallLog;
using McpScript.Invocation;
using McpScript.Invocation.Arguments;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Core.Tests.Invocation.Arguments;

/// <summary>Errors of arguments that cannot be read name the argument; other exceptions of a plugin stay unchanged.</summary>
public sealed class ArgumentBindingTests : IAsyncDisposable
{
    static readonly McpServerTool ToolItem = BoundTool.Of((DateTime when, Item item, Odd odd) => 1);

    readonly ToolCallLog _log = new(new CompositeToolLogger([]), Redaction.Default, 1000, TimeProvider.System, NullLogger.Instance);

    readonly LogLines<ArgumentBinding> _lines = new();

    CallErrorKind? _failure;

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    [Fact]
    public async Task An_argument_that_cannot_be_read_is_an_error_of_the_caller()
    {
        var answer = await CallAsync(ToolItem, """{"when":"soon","item":{"count":"a"}}""", new InvalidOperationException("An error occurred."));

        Assert.Equal("""
            The arguments of 'tool' do not fit.
            - 'when' should be a date and time such as 2026-11-28T17:00:00Z, but the string "soon" came.
            - 'item.count' should be an integer from -2147483648 to 2147483647, but the string "a" came.
            """, Assert.IsType<TextContentBlock>(Assert.Single(answer.Content)).Text);
        Assert.Equal((true, CallErrorKind.InvalidArguments), (answer.IsError, _failure));
        Assert.All(_lines.Lines, line => Assert.Matches("^Debug: Argument '(when|item)' cannot be read: ", line));
        Assert.Equal(2, _lines.Lines.Count);
    }

    [Fact]
    public async Task An_exception_of_a_plugins_own_converter_is_reported_and_logged_for_its_author()
    {
        var answer = await CallAsync(ToolItem, """{"odd":"x"}""", new InvalidOperationException("An error occurred."));

        Assert.EndsWith("- 'odd' cannot be read: the string \"x\" came.", Assert.IsType<TextContentBlock>(Assert.Single(answer.Content)).Text);
        Assert.Equal("Information: Argument 'odd' cannot be read: DivideByZeroException: by zero", Assert.Single(_lines.Lines));
    }

    [Theory]
    [InlineData("""{"when":"2026-11-28T17:00:00Z","item":{"count":1}}""")]
    [InlineData("""{"unknown":"soon"}""")]
    [InlineData("{}")]
    [InlineData(null)]
    public async Task An_exception_with_readable_arguments_is_an_error_of_the_plugin(string? arguments)
    {
        var thrown = new JsonException("its own");

        Assert.Same(thrown, await Assert.ThrowsAsync<JsonException>(() => CallAsync(ToolItem, arguments, thrown)));
        Assert.Null(_failure);
    }

    [Fact]
    public async Task A_protocol_error_or_a_cancellation_is_not_explained()
    {
        foreach (var thrown in new Exception[] { new McpException("for the model"), new OperationCanceledException("gone"),
            new TaskCanceledException("gone") })
            Assert.Same(thrown, await Assert.ThrowsAnyAsync<Exception>(() => CallAsync(ToolItem, """{"when":"soon"}""", thrown)));
        Assert.Empty(_lines.Lines);
    }

    [Fact]
    public async Task A_successful_call_is_not_analyzed()
    {
        var result = new CallToolResult { Content = [] };
        var request = Request(ToolItem, """{"when":"soon"}""");

        Assert.Same(result, (await TestCall.RunAsync(new ArgumentBinding(_lines), request, (_, _) => new(result))).Answer);
        Assert.Same(result, (await TestCall.RunAsync(new ArgumentBinding(_lines), request, async (_, _) =>
        {
            await Task.Yield();
            return result;
        })).Answer);
        Assert.Empty(_lines.Lines);
    }

    [Fact]
    public async Task A_tool_without_a_method_explains_nothing()
    {
        var thrown = new InvalidOperationException("its own");

        Assert.Same(thrown, await Assert.ThrowsAsync<InvalidOperationException>(() => CallAsync(null, """{"when":"soon"}""", thrown)));
    }

    [Fact]
    public async Task A_value_that_may_be_a_code_is_not_repeated()
    {
        foreach (var (tool, arguments) in new[] { (BoundTool.Of((DateTime code) => 1, "gate_unlock"), """{"code":"hunter2"}"""),
            (BoundTool.Of((Odd code) => 1, "gate_unlock"), """{"code":"hunter2"}""") })
        {
            var text = Assert.IsType<TextContentBlock>(Assert.Single((await CallAsync(tool, arguments, new InvalidOperationException())).Content)).Text;
            Assert.Contains("a value of the kind 'string' came.", text);
            Assert.DoesNotContain("hunter2", text);
        }
    }

    async Task<CallToolResult> CallAsync(McpServerTool? tool, string? arguments, Exception thrown)
    {
        var request = Request(tool, arguments);
        try
        {
            return (await TestCall.RunAsync(new ArgumentBinding(_lines), request, async (_, _) =>
            {
                await Task.Yield();
                throw thrown;
            }, _log)).Answer;
        }
        finally
        {
            _failure = CallContext.Of(request)!.Record!.Failure;
        }
    }

    static RequestContext<CallToolRequestParams> Request(McpServerTool? tool, string? arguments)
    {
        var request = TestRequest.Call(tool?.ProtocolTool.Name ?? "none", arguments);
        request.MatchedPrimitive = tool;
        return request;
    }

    sealed record Item(int Count);

    [JsonConverter(typeof(Broken))]
    sealed record Odd;

    sealed class Broken : JsonConverter<Odd>
    {
        public override Odd Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new DivideByZeroException("by zero");

        public override void Write(Utf8JsonWriter writer, Odd value, JsonSerializerOptions options) => writer.WriteNullValue();
    }
}
