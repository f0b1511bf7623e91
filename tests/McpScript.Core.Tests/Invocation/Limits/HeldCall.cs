using ModelContextProtocol.Protocol;

namespace McpScript.Core.Tests.Invocation.Limits;

/// <summary>A call that has reached its tool and that a test ends.</summary>
/// <param name="Tool">Name of the tool.</param>
/// <param name="Token">The token that the tool listens to, or not.</param>
sealed record HeldCall(string Tool, CancellationToken Token)
{
    /// <summary>Ends the call.</summary>
    public TaskCompletionSource<CallToolResult> Ends { get; } = new();

    /// <summary>Ends the call with a result.</summary>
    public CallToolResult Answer(string text = "done")
    {
        var result = new CallToolResult { Content = [new TextContentBlock { Text = text }] };
        Ends.SetResult(result);
        return result;
    }

    /// <summary>From now on the call ends when it is cancelled.</summary>
    public void Listen() => Token.Register(() => Ends.TrySetCanceled(Token));
}
