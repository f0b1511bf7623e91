using McpScript.Testing;

namespace McpScript.Core.Tests.Unloading;

/// <summary>A bound for waits on signals, so that a broken rule fails its test instead of hanging the run. No test depends on its length.</summary>
static class PatienceExtensions
{
    /// <summary>The task, or a <see cref="TimeoutException"/>.</summary>
    public static Task Soon(this Task task) => task.WaitAsync(WaitLimits.Event);

    /// <summary>The task's result, or a <see cref="TimeoutException"/>.</summary>
    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(WaitLimits.Event);
}
