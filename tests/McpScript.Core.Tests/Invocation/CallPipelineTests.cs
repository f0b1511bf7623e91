using System.Text.Json;
using McpScript.Catalogs;
using McpScript.Invocation;
using McpScript.Model;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Core.Tests.Invocation;

/// <summary>One context for each call, passed through the filters in their order and known to handlers by its request.</summary>
public class CallPipelineTests
{
    readonly List<string> _steps = [];

    [Fact]
    public async Task Filters_run_in_the_order_in_which_they_are_given_and_the_tool_comes_last()
    {
        var pipeline = new CallPipeline([new Step("log", _steps), new Step("limits", _steps), new Step("lease", _steps)]);

        await pipeline.Filter(Tool)(TestRequest.Call("echo"), CancellationToken.None);

        Assert.Equal(["log", "limits", "lease", "echo", "lease done", "limits done", "log done"], _steps);
    }

    [Fact]
    public async Task A_pipeline_without_filters_runs_the_tool()
    {
        await new CallPipeline([]).Filter(Tool)(TestRequest.Call("echo"), CancellationToken.None);

        Assert.Equal(["echo"], _steps);
    }

    [Fact]
    public async Task Every_filter_and_the_handler_see_the_same_context()
    {
        var seen = new List<CallContext?>();
        var pipeline = new CallPipeline([new Seeing(seen), new Seeing(seen)]);

        await pipeline.Filter((request, _) =>
        {
            seen.Add(CallContext.Of(request));
            return new(new CallToolResult());
        })(TestRequest.Call("echo"), CancellationToken.None);

        Assert.Equal(3, seen.Count);
        Assert.Single(seen.Distinct());
        Assert.NotNull(seen[0]);
    }

    [Fact]
    public async Task Two_calls_have_two_contexts()
    {
        var seen = new List<CallContext?>();
        var filter = new CallPipeline([new Seeing(seen)]).Filter(Tool);

        await filter(TestRequest.Call("echo"), CancellationToken.None);
        await filter(TestRequest.Call("echo"), CancellationToken.None);

        Assert.NotSame(seen[0], seen[1]);
    }

    [Fact]
    public void A_request_outside_of_the_pipeline_has_no_context() => Assert.Null(CallContext.Of(TestRequest.Call("echo")));

    [Fact]
    public void A_tool_is_resolved_once_and_again_on_request()
    {
        var served = Serving("echo");
        var call = new CallContext(TestRequest.Call("echo"), Tool, served);
        var first = call.Item;
        served.Swap(Catalog.Empty);

        Assert.Same(first, call.Item);
        Assert.Null(call.FindAgain());
        Assert.Null(call.Item);
    }

    [Fact]
    public void A_redirected_call_is_a_call_of_the_other_tool_and_records_the_first_one()
    {
        var request = TestRequest.Call("proxy__run", """{"tool":"echo"}""");
        request.Params!.RequestState = "parked:1";
        request.MatchedPrimitive = TestPlugin.Tool("proxy__run");
        var call = new CallContext(request, Tool, Serving("echo"));
        Assert.Null(call.Item);

        call.Redirect("echo", TestRequest.Arguments("""{"text":"hi"}"""), via: "proxy__run");

        Assert.Equal(
            ("echo", "echo", "proxy__run", "parked:1", null), (call.Tool, call.Item?.Id, call.Via, request.Params.RequestState, request.MatchedPrimitive));
        Assert.Equal("hi", call.Arguments!["text"].GetString());
    }

    [Fact]
    public void Replaced_arguments_keep_the_tool_and_the_first_tool()
    {
        var call = new CallContext(TestRequest.Call("echo", """{"count":"1"}"""), Tool, Serving("echo"));

        call.ReplaceArguments(TestRequest.Arguments("""{"count":1}"""));

        Assert.Equal(("echo", null, JsonValueKind.Number), (call.Tool, call.Via, call.Arguments!["count"].ValueKind));
    }

    [Fact]
    public void A_rejected_call_is_reported_to_the_model()
    {
        var call = new CallContext(TestRequest.Call("echo"), Tool);

        var result = call.Reject("not now.");

        Assert.Equal((true, "Rejected: not now."), (result.IsError, Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text));
    }

    [Fact]
    public void Without_a_session_state_is_kept_by_caller_and_not_at_all_for_anonymous_callers()
    {
        var (ann, again, nobody) = (Context("ann"), Context("ann"), Context(null));

        Assert.Equal(ann.StateKey, again.StateKey);
        Assert.NotNull(ann.StateKey);
        Assert.Null(nobody.StateKey);
    }

    static InvocationContext Context(string? principal) => new(TestRequest.Call("echo", principal: principal));

    static CurrentCatalog Serving(string tool)
    {
        var served = new CurrentCatalog();
        served.Swap(Catalog.Of([TestPlugin.Create("echo", tool)], PluginPrimitives.Empty, out _));
        return served;
    }

    ValueTask<CallToolResult> Tool(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken)
    {
        _steps.Add(request.Params!.Name);
        return new(new CallToolResult());
    }

    sealed class Step(string name, List<string> steps) : ICallFilter
    {
        public async ValueTask<CallToolResult> InvokeAsync(CallContext call, CallHandler next, CancellationToken cancellationToken)
        {
            steps.Add(name);
            var result = await next(call, cancellationToken);
            steps.Add($"{name} done");
            return result;
        }
    }

    sealed class Seeing(List<CallContext?> seen) : ICallFilter
    {
        public ValueTask<CallToolResult> InvokeAsync(CallContext call, CallHandler next, CancellationToken cancellationToken)
        {
            seen.Add(call);
            return next(call, cancellationToken);
        }
    }
}
