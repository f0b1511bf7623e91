using ModelContextProtocol.Server;

namespace McpScript.Framework.Tests.Http.MapMcp;

/// <summary>A tool that waits until a test releases it or its call is cancelled, and reports which of the two happened.</summary>
sealed class WaitingTool
{
    readonly Door _door = new();
    readonly TaskCompletionSource<CallEnd> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public WaitingTool() => Tool = McpServerTool.Create(RunAsync, new() { Name = Name });

    public const string Name = "waiting";

    public McpServerTool Tool { get; }

    /// <summary>Completes when the tool is called.</summary>
    public Task Called => _door.CallerWaiting;

    /// <summary>Completes when the call has ended.</summary>
    public Task<CallEnd> Ended => _ended.Task;

    public void Release() => _door.Open();

    async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _door.PassAsync(cancellationToken);
            _ended.TrySetResult(CallEnd.Finished);
            return "finished";
        }
        catch (OperationCanceledException)
        {
            _ended.TrySetResult(CallEnd.Cancelled);
            throw;
        }
    }
}
