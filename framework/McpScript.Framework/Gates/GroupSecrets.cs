using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace McpScript.Gates;

/// <summary>
/// The checked secrets of the groups, and the reasons why some are not available. All are checked at the start, and again every 30 seconds until they are
/// available. Safe for concurrent use.
/// </summary>
sealed partial class GroupSecrets(IGateSecrets secrets, TimeProvider time, ILogger log) : IAsyncDisposable
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    readonly ConcurrentDictionary<string, string> _troubles = new(StringComparer.Ordinal);
    readonly Lock _lock = new();
    CancellationTokenSource _stop = new();
    Task _checking = Task.CompletedTask;

    /// <summary>Returns the reason why a group's secret is not available; null if there is none.</summary>
    public string? TroubleOf(string group) => _troubles.GetValueOrDefault(group);

    /// <summary>Returns the secret of a group.</summary>
    /// <exception cref="GateSecretException">The secret is not available, or not valid.</exception>
    public async Task<byte[]> GetAsync(string group, string reference, CancellationToken cancellationToken)
    {
        try
        {
            var secret = Read(await FetchAsync(reference, cancellationToken), reference);
            if (_troubles.TryRemove(group, out _))
                Found(group);
            return secret;
        }
        catch (GateSecretException e)
        {
            if (!_troubles.TryGetValue(group, out var known) || known != e.Message)
                NotFound(group, e.Message);
            _troubles[group] = e.Message;
            throw;
        }
    }

    /// <summary>Starts checking all secrets in the background; ends an earlier check.</summary>
    public void Check(IReadOnlyDictionary<string, string> references)
    {
        foreach (var gone in _troubles.Keys.Where(group => !references.ContainsKey(group)))
            _troubles.TryRemove(gone, out _);
        lock (_lock)
        {
            _stop.Cancel();
            _stop = new();
            var stop = _stop.Token;
            _checking = Task.WhenAll(references.Select(pair => Task.Run(() => CheckAsync(pair.Key, pair.Value, stop), CancellationToken.None)));
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _stop.Cancel();
        await _checking;
    }

    async Task CheckAsync(string group, string reference, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await GetAsync(group, reference, stop);
                return;
            }
            catch (GateSecretException)
            {
                // Expected: it is logged, and checked again after the interval.
            }
            catch (OperationCanceledException)
            {
                // The check was ended.
            }
            await Task.Delay(Interval, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async ValueTask<string> FetchAsync(string reference, CancellationToken cancellationToken)
    {
        try
        {
            return await secrets.GetAsync(reference, cancellationToken);
        }
        catch (Exception e) when (e is not GateSecretException and not OperationCanceledException)
        {
            // An error that the backend did not expect. Its message is not used, because it may hold more than users should see.
            throw new GateSecretException($"The secret '{reference}' cannot be read: {e.GetType().Name}.", e);
        }
    }

    static byte[] Read(string text, string reference)
    {
        if (!Base32.TryDecode(text, out var secret))
            throw new GateSecretException($"The secret '{reference}' is not Base32 (A-Z and 2-7). Make one with: mcp-proxy gate enroll");
        return secret.Length >= Totp.ShortestSecret
            ? secret
            : throw new GateSecretException($"The secret '{reference}' is too short: {secret.Length * 8} bits, and at least "
                + $"{Totp.ShortestSecret * 8} are needed (RFC 4226). Make one with: mcp-proxy gate enroll");
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Gate: '{Group}' stays locked: {Reason}")]
    partial void NotFound(string group, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Gate: the secret of '{Group}' is available now")]
    partial void Found(string group);
}
