using System.Collections.Concurrent;
using McpScript.CallLog;

namespace McpScript.Core.Tests.CallLog;

/// <summary>A logger that keeps its calls; a test can let it fail, and let it wait.</summary>
sealed class RecordingLogger : IToolCallLogger, IDisposable
{
    public ConcurrentQueue<ToolCall> Calls { get; } = new();

    public Exception? Failure { get; set; }

    public ManualResetEventSlim Door { get; } = new(true);

    public SemaphoreSlim Came { get; } = new(0);

    public bool IsDisposed { get; private set; }

    public void Write(ToolCall call)
    {
        Came.Release();
        Door.Wait();
        if (Failure is { } failure)
            throw failure;
        Calls.Enqueue(call);
    }

    public void Dispose() => IsDisposed = true;
}
