using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using McpScript.Configuration;

namespace McpScript.Invocation.Limits;

/// <summary>Lets only so many calls into a plugin at once; the others wait, the oldest first. A reload changes nothing of it.</summary>
sealed class PluginConcurrencyLimiter(LimitSettings settings) : IAsyncDisposable
{
    readonly ConcurrentDictionary<string, ConcurrencyLimiter?> _limiters = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The limiter of a plugin; null if it has none.</summary>
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
