using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace McpScript.Testing;

/// <summary>Waits for conditions that have no signal, such as a state behind HTTP, by checking them every few milliseconds.</summary>
public static class Poll
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Waits until a condition holds.</summary>
    /// <param name="holds">The condition.</param>
    /// <param name="what">Its description, for the error.</param>
    /// <exception cref="TimeoutException">It did not hold within <see cref="WaitLimits.Event"/>.</exception>
    public static Task UntilAsync(Func<bool> holds, string what) => UntilAsync(() => Task.FromResult(holds()), () => what);

    /// <summary>Waits until an asynchronous condition holds.</summary>
    /// <param name="holds">The condition.</param>
    /// <param name="what">Describes it and its last state, for the error.</param>
    /// <exception cref="TimeoutException">It did not hold within <see cref="WaitLimits.Event"/>.</exception>
    [SuppressMessage("ApiDesign", "RS0030:Do not use banned APIs", Justification = "The one place that polls.")]
    public static async Task UntilAsync(Func<Task<bool>> holds, Func<string> what)
    {
        for (var waited = Stopwatch.StartNew(); !await holds();)
        {
            if (waited.Elapsed > WaitLimits.Event)
                throw new TimeoutException($"Not reached within {WaitLimits.Event.TotalSeconds:0} s: {what()}.");
            await Task.Delay(Pause);
        }
    }
}
