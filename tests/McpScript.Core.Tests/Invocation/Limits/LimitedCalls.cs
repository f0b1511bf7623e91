using System.Threading.Channels;
using McpScript.CallLog;
using McpScript.Catalogs;
using McpScript.Configuration;
using McpScript.Invocation;
using McpScript.Invocation.Limits;
using McpScript.Model;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Core.Tests.Invocation.Limits;

/// <summary>Calls of the tools of two plugins and of the host, within limits; the test decides when and how they end.</summary>
sealed class LimitedCalls : IAsyncDisposable
{
    readonly CallLimits _limits;
    readonly ToolCallLog _log = new(new CompositeToolLogger([]), Redaction.Default, 1000, TimeProvider.System, NullLogger.Instance);
    readonly Channel<HeldCall> _held = Channel.CreateUnbounded<HeldCall>();
    readonly CurrentCatalog _served;
    int _reached;

    public LimitedCalls(LimitSettings settings)
    {
        var served = new CurrentCatalog();
        var host = PluginPrimitives.Empty with { Tools = [TestPlugin.Tool("own")] };
        served.Swap(Catalog.Of([TestPlugin.Create("echo", "say", "again"), TestPlugin.Create("other", "work")], host, out _));
        _served = served;
        _limits = new(settings, Time);
    }

    /// <summary>The clock of the time-outs.</summary>
    public CountedTimers Time { get; } = new();

    /// <summary>Number of calls that have reached their tool.</summary>
    public int Reached => Volatile.Read(ref _reached);

    /// <summary>The reason why the last awaited call failed, as in the call log; null if only the answer contains it.</summary>
    public CallErrorKind? Failure { get; private set; }

    /// <summary>The answer of a call whose tool answers at once with a text.</summary>
    public Task<CallToolResult> AnswerAsync(string tool, string answer = "done", string? arguments = null, string? principal = null) =>
        AnswerAsync(TestRequest.Call(tool, arguments, principal), new() { Content = [new TextContentBlock { Text = answer }] });

    /// <summary>The answer of a call whose tool answers at once with a result.</summary>
    public async Task<CallToolResult> AnswerAsync(RequestContext<CallToolRequestParams> request, CallToolResult result)
    {
        var (call, answer) = await TestCall.RunAsync(_limits, request, (_, _) => new(result), _log, _served);
        Failure = call.Record!.Failure;
        return answer;
    }

    /// <summary>Begins a call that runs until the test ends it.</summary>
    public async Task<CallToolResult> BeginAsync(string tool, CancellationToken cancellationToken = default)
    {
        var request = TestRequest.Call(tool);
        var (context, answer) = await TestCall.RunAsync(_limits, request, (_, token) =>
        {
            var call = new HeldCall(tool, token);
            Interlocked.Increment(ref _reached);
            _held.Writer.TryWrite(call);
            return new(call.Ends.Task);
        }, _log, _served, cancellationToken);
        Failure = context.Record!.Failure;
        return answer;
    }

    /// <summary>The next call that reaches its tool.</summary>
    public Task<HeldCall> NextAsync() => _held.Reader.ReadAsync().AsTask().WaitAsync(CountedTimers.Patience);

    /// <summary>Ends all limiters.</summary>
    public ValueTask DisposeLimitsAsync() => _limits.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        await _limits.DisposeAsync();
        await _log.DisposeAsync();
    }
}
