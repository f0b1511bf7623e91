using System.Text.Json.Nodes;
using McpScript.CallLog;
using McpScript.Catalogs;
using McpScript.Configuration;
using McpScript.Invocation;
using McpScript.Invocation.Arguments;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Core.Tests.Invocation.Arguments;

/// <summary>A call whose arguments do not fit is answered before it reaches its tool; one that fits reaches it as .NET reads it.</summary>
public sealed class ArgumentCheckTests : IAsyncDisposable
{
    static readonly McpServerTool Count = BoundTool.Of((int count, string? text = null) => count, "count");

    readonly ToolCallLog _log = new(new CompositeToolLogger([]), Redaction.Default, 1000, TimeProvider.System, NullLogger.Instance);

    CallErrorKind? _failure;

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    [Fact]
    public async Task All_problems_are_one_answer()
    {
        var (answer, reached) = await CallAsync(Count, """{"text":1,"other":2}""");

        Assert.Equal("""
            The arguments of 'count' do not fit.
            - 'count' is missing; it should be an integer.
            - 'text' should be a string or null, but the number 1 came.
            - 'other' is not an argument of this tool; it takes 'count', 'text'.
            """, Assert.IsType<TextContentBlock>(Assert.Single(answer!.Content)).Text);
        Assert.Equal((true, CallErrorKind.InvalidArguments, null), (answer.IsError, _failure, reached));
    }

    [Fact]
    public async Task Arguments_that_fit_reach_the_tool_as_they_came()
    {
        var request = TestRequest.Call("count", """{"count":1,"text":"a"}""");
        var before = request.Params;

        var (_, reached) = await CallAsync(Count, request);

        Assert.Same(before, reached);
        Assert.Null(_failure);
    }

    [Fact]
    public async Task Rewritten_arguments_leave_the_rest_of_the_request_unchanged()
    {
        var before = new CallToolRequestParams
        {
            Name = "count", Arguments = TestRequest.Arguments("""{"count":7.0,"text":null}"""), Meta = new JsonObject { ["a"] = 1 }, RequestState = "state",
            InputResponses = new Dictionary<string, InputResponse>(),
        };

        var (_, reached) = await CallAsync(Count, TestRequest.Of(before));

        Assert.Equal("count=7 text=null", string.Join(' ', reached!.Arguments!.Select(pair => $"{pair.Key}={pair.Value.GetRawText()}")));
        Assert.Equal(("count", "state"), (reached.Name, reached.RequestState));
        Assert.Same(before.Meta, reached.Meta);
        Assert.Same(before.InputResponses, reached.InputResponses);
    }

    [Fact]
    public async Task A_call_of_an_unknown_tool_is_left_to_the_next_step()
    {
        var (_, reached) = await CallAsync(null, """{"any":1}""");

        Assert.NotNull(reached);
    }

    [Fact]
    public async Task A_call_without_arguments_is_compared_too()
    {
        var (answer, reached) = await CallAsync(Count, arguments: null);
        Assert.True(answer!.IsError);
        Assert.Null(reached);

        (_, reached) = await CallAsync(BoundTool.Of(() => 1), arguments: null);
        Assert.NotNull(reached);
    }

    [Theory]
    [InlineData("gate_unlock", "a value of the kind 'string'")]
    [InlineData("unlock", "the string \"hunter2\"")]
    public async Task A_value_that_may_be_a_code_is_not_repeated(string tool, string came)
    {
        var (answer, _) = await CallAsync(BoundTool.Of((int code) => code, tool), """{"code":"hunter2"}""");

        Assert.Contains($"but {came} came", Assert.IsType<TextContentBlock>(answer!.Content[0]).Text);
    }

    [Fact]
    public async Task The_schema_of_a_tool_is_compiled_once()
    {
        await CallAsync(Count, """{"count":1}""");

        Assert.Same(ArgumentSchema.Of(Count), ArgumentSchema.Of(Count));
        Assert.NotSame(ArgumentSchema.Of(Count), ArgumentSchema.Of(BoundTool.Of((int count) => count)));
    }

    [Fact]
    public async Task Unknown_arguments_that_are_ignored_do_not_reach_the_tool_and_are_noted()
    {
        var log = new LogLines<UnknownArguments>();
        var (_, reached) = await CallAsync(Count, TestRequest.Call("count", """{"count":1,"other":2}"""),
            new UnknownArguments(() => new() { UnknownArguments = UnknownArgumentRule.Ignore }, new CurrentCatalog(), log));

        Assert.Equal(["count"], reached!.Arguments!.Keys);
        Assert.Contains("sends 'other', which 'count' does not take", Assert.Single(log.Lines));
    }

    [Fact]
    public async Task Nothing_is_noted_where_nothing_was_ignored()
    {
        var log = new LogLines<UnknownArguments>();
        await CallAsync(Count, TestRequest.Call("count", """{"count":1.0}"""),
            new UnknownArguments(() => new() { UnknownArguments = UnknownArgumentRule.Ignore }, new CurrentCatalog(), log));

        Assert.Empty(log.Lines);
    }

    Task<(CallToolResult? Answer, CallToolRequestParams? Reached)> CallAsync(McpServerTool? tool, string? arguments) =>
        CallAsync(tool, TestRequest.Call(tool?.ProtocolTool.Name ?? "none", arguments));

    async Task<(CallToolResult? Answer, CallToolRequestParams? Reached)> CallAsync(McpServerTool? tool, RequestContext<CallToolRequestParams> request,
        UnknownArguments? unknown = null)
    {
        CallToolRequestParams? reached = null;
        request.MatchedPrimitive = tool;
        var check = new ArgumentCheck(unknown ?? new(() => new(), new CurrentCatalog(), NullLogger<UnknownArguments>.Instance));
        var (call, answer) = await TestCall.RunAsync(check, request, (inner, _) =>
        {
            reached = inner.Params;
            return new(new CallToolResult { Content = [] });
        }, _log);
        _failure = call.Record!.Failure;
        return (answer, reached);
    }
}
