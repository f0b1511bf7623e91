using System.Globalization;
using McpScript.Model;

namespace McpScript.Unloading;

/// <summary>One generation between the end of its service and its release.</summary>
sealed class DrainingGeneration(Plugin plugin)
{
    /// <summary>Name of the plugin.</summary>
    public string Plugin { get; } = plugin.Reference.Name;

    /// <summary>Its number.</summary>
    public int Generation { get; } = plugin.Generation;

    /// <summary>Completes when it is released.</summary>
    public Task Done { get; set; } = Task.CompletedTask;

    /// <summary>True once its calls have ended and its clean-up runs.</summary>
    public bool IsUnloading { get; set; }

    /// <summary>Its state for operators.</summary>
    public RetiredGeneration Describe()
    {
        var running = plugin.Leases.Running();
        return new(Plugin, Generation, IsUnloading ? "unloading" : "draining",
            IsUnloading || running.Count == 0 ? "" : $"draining: {running.Count} calls, oldest {Readable(running.Oldest)}");
    }

    static string Readable(TimeSpan span) =>
        span.TotalHours >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours:0.#} h")
        : span.TotalMinutes >= 1 ? $"{span.TotalMinutes:0} min" : $"{span.TotalSeconds:0} s";
}
