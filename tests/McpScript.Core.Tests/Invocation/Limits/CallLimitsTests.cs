using System.Collections.Immutable;
using McpScript.CallLog;
using McpScript.Configuration;
using ModelContextProtocol.Protocol;

namespace McpScript.Core.Tests.Invocation.Limits;

/// <summary>Calls are kept within the configured sizes and rates, and what is refused never reaches its tool.</summary>
public class CallLimitsTests
{
    [Theory]
    [InlineData("""{"text":"12345678"}""", null)]
    [InlineData("""{"text":"123456789"}""", 15)]
    [InlineData("""{"text":[1,2, 3,4]}""", null)]
    [InlineData("""{"text":[1,2, 3,4,5]}""", 16)]
    [InlineData("""{"a":"1234","b":"5678"}""", null)]
    [InlineData("""{"a":"1234","b":"56789"}""", 15)]
    [InlineData("""{"text":"grüß12"}""", null)]
    [InlineData("""{"text":"grüß123"}""", 15)]
    [InlineData("""{"größe":"12345"}""", null)]
    [InlineData("""{"größe":"123456"}""", 15)]
    [InlineData("{}", null)]
    [InlineData(null, null)]
    public async Task Arguments_count_in_bytes_of_names_and_values(string? arguments, int? tooLarge)
    {
        await using var calls = new LimitedCalls(new() { MaxArguments = new(14) });

        var answer = await calls.AnswerAsync("say", arguments: arguments);

        Assert.Equal(
            tooLarge is null ? "done"
                : $"Rejected: the arguments of 'say' have {tooLarge} bytes, and at most 14 are accepted (limits.max_arguments). Send less.",
            Text(answer));
        Assert.Equal(tooLarge is null ? null : CallErrorKind.Refused, calls.Failure);
    }

    [Theory]
    [InlineData("12345", true)]
    [InlineData("123456", false)]
    [InlineData("grün", true)]
    public async Task A_result_that_is_too_large_is_an_error_that_says_so(string result, bool pass)
    {
        await using var calls = new LimitedCalls(new() { MaxResult = new(5) });

        var answer = await calls.AnswerAsync("say", result);

        Assert.Equal(
            pass ? result : "The result of 'say' has 6 bytes, and at most 5 are passed on (limits.max_result). Request a smaller result.", Text(answer));
        Assert.Equal((pass ? null : true, pass ? null : CallErrorKind.Refused), (answer.IsError, calls.Failure));
    }

    [Fact]
    public async Task A_result_within_the_limit_is_passed_on_as_it_is()
    {
        await using var calls = new LimitedCalls(new() { MaxResult = new(5) });
        var result = new CallToolResult { Content = [new TextContentBlock { Text = "short" }], Meta = new() { ["a"] = 1 } };

        Assert.Same(result, await calls.AnswerAsync(TestRequest.Call("say"), result));
    }

    [Fact]
    public async Task A_refused_call_is_an_error_and_reaches_no_tool()
    {
        await using var calls = new LimitedCalls(new() { Rate = new(1) });
        _ = calls.BeginAsync("say");

        var refused = await calls.BeginAsync("say");

        Assert.True(refused.IsError);
        Assert.Equal("Rejected: 'say' may be called 1 times in 60 s by one caller (limits.rate). Wait, and call it less often.", Text(refused));
        Assert.Equal(CallErrorKind.Refused, calls.Failure);
        Assert.Equal(1, calls.Reached);
    }

    [Fact]
    public async Task Each_caller_has_a_rate_of_its_own_for_each_tool_and_anonymous_callers_have_one_together()
    {
        await using var calls = new LimitedCalls(new() { Rate = new(1) });

        foreach (var (tool, principal) in new[] { ("say", "ann"), ("say", "bob"), ("say", null), ("again", "ann") })
            Assert.Equal("done", Text(await calls.AnswerAsync(tool, principal: principal)));
        foreach (var (tool, principal) in new[] { ("say", "ann"), ("say", "bob"), ("say", null), ("again", "ann") })
            Assert.StartsWith("Rejected:", Text(await calls.AnswerAsync(tool, principal: principal)));
    }

    [Fact]
    public async Task A_call_that_is_too_large_is_not_counted()
    {
        await using var calls = new LimitedCalls(new() { Rate = new(1), MaxArguments = new(10) });

        Assert.Contains("limits.max_arguments", Text(await calls.AnswerAsync("say", arguments: """{"text":"much too long"}""")));
        Assert.Equal("done", Text(await calls.AnswerAsync("say")));
    }

    [Fact]
    public async Task A_tool_has_the_limits_of_its_own_pattern()
    {
        await using var calls = new LimitedCalls(new()
        {
            MaxResult = new(2),
            Tools = ImmutableSortedDictionary.Create<string, ToolLimitSettings>(StringComparer.Ordinal).Add("ag*", new() { MaxResult = new(3) }),
        });

        Assert.Equal("123", Text(await calls.AnswerAsync("again", "123")));
        Assert.Contains("limits.max_result", Text(await calls.AnswerAsync("say", "123")));
    }

    [Fact]
    public async Task A_tool_that_is_not_served_is_left_to_the_next_step()
    {
        await using var calls = new LimitedCalls(new() { Rate = new(1), MaxArguments = new(1), MaxResult = new(1), Concurrency = new(1), Timeout = new(1) });

        for (var call = 0; call < 3; call++)
            Assert.Equal("Unknown tool", Text(await calls.AnswerAsync("none", "Unknown tool", """{"a":"long"}""")));
        Assert.Equal(0, calls.Time.Open);
    }

    [Fact]
    public async Task A_request_without_parameters_is_left_to_the_next_step()
    {
        await using var calls = new LimitedCalls(new() { MaxResult = new(1) });
        var request = TestRequest.Of<CallToolRequestParams>(null!);

        Assert.Equal("no name", Text(await calls.AnswerAsync(request, new() { Content = [new TextContentBlock { Text = "no name" }] })));
    }

    [Fact]
    public async Task Without_limits_calls_pass_unchanged()
    {
        await using var calls = new LimitedCalls(new());
        var result = new CallToolResult { Content = [] };

        for (var call = 0; call < 200; call++)
            Assert.Same(result, await calls.AnswerAsync(TestRequest.Call("say", """{"a":1}"""), result));
        Assert.Equal(0, calls.Time.Open);
    }

    [Fact]
    public async Task The_hosts_own_tools_have_sizes_and_rates_too()
    {
        await using var calls = new LimitedCalls(new() { Rate = new(1), MaxResult = new(2) });

        Assert.Contains("limits.max_result", Text(await calls.AnswerAsync("own", "123")));
        Assert.Contains("limits.rate", Text(await calls.AnswerAsync("own", "1")));
    }

    internal static string Text(CallToolResult result) => Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text;
}
