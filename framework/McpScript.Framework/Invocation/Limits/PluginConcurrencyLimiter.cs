using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using McpScript.Configuration;

namespace McpScript.Invocation.Limits;

/// <summary>Limits the number of calls that run in a plugin at once; the others wait in order. A reload does not reset it. Thread-safe.</summary>
sealed class PluginConcurrencyLimiter(LimitSettings settings) : IAsyncDisposable
{
    readonly ConcurrentDictionary<string, ConcurrencyLimiter?> _limiters = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns the limiter of a plugin; null if it has none.</summary>
    public ConcurrencyLimiter? Of(string plugin) => _limiters.GetOrAdd(plugin, Make);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var limiter in _limiters.Values.OfType<ConcurrencyLimiter>())
            await limiter.DisposeAsync();
    }

    ConcurrencyLimiter? Make(string plugin)
    {
        var own = settings.Plugins.FirstOrDefault(entry => string.Equals(entry.Key, plugin, StringComparison.OrdinalIgnoreCase)).Value?.Concurrency;
        return (own ?? settings.Concurrency)?.Whole is { } most
            ? new(new() { PermitLimit = most, QueueLimit = settings.Queue, QueueProcessingOrder = QueueProcessingOrder.OldestFirst })
            : null;
    }
}
