using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace McpScript.Gates;

/// <summary>The secrets of the groups, checked, and what keeps one from being had: looked for from the start, and again until it can be.</summary>
sealed partial class GroupSecrets(IGateSecrets secrets, TimeProvider time, ILogger log) : IAsyncDisposable
{
    static readonly TimeSpan Again = TimeSpan.FromSeconds(30);

    readonly ConcurrentDictionary<string, string> _troubles = new(StringComparer.Ordinal);
    readonly Lock _lock = new();
    CancellationTokenSource _stop = new();
    Task _looking = Task.CompletedTask;

    /// <summary>What keeps a group's secret from being had; null if nothing is known.</summary>
    public string? TroubleOf(string group) => _troubles.GetValueOrDefault(group);

    /// <summary>The secret of a group.</summary>
    /// <exception cref="GateSecretException">It cannot be had, or is no good.</exception>
    public async Task<byte[]> GetAsync(string group, string reference, CancellationToken cancellationToken)
    {
        try
        {
            var secret = Read(await AskAsync(reference, cancellationToken), reference);
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

    /// <summary>Begins to look for all of them, in the background; what it was looking for before does not matter any more.</summary>
    public void Look(IReadOnlyDictionary<string, string> references)
    {
        foreach (var gone in _troubles.Keys.Where(group => !references.ContainsKey(group)))
            _troubles.TryRemove(gone, out _);
        lock (_lock)
        {
            _stop.Cancel();
            _stop = new();
            var stop = _stop.Token;
            _looking = Task.WhenAll(references.Select(pair => Task.Run(() => LookAsync(pair.Key, pair.Value, stop), CancellationToken.None)));
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _stop.Cancel();
        await _looking;
    }

    async Task LookAsync(string group, string reference, CancellationToken stop)
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
                // Told, and looked for again.
            }
            catch (OperationCanceledException)
            {
                // Not looked for any more.
            }
            await Task.Delay(Again, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async ValueTask<string> AskAsync(string reference, CancellationToken cancellationToken)
    {
        try
        {
            return await secrets.GetAsync(reference, cancellationToken);
        }
        catch (Exception e) when (e is not GateSecretException and not OperationCanceledException)
        {
            // Whoever wrote the backend did not expect it. Not its message, which may tell more than it should.
            throw new GateSecretException($"The secret '{reference}' cannot be had: {e.GetType().Name}.", e);
        }
    }

    static byte[] Read(string text, string reference)
    {
        if (!Base32.TryDecode(text, out var secret))
            throw new GateSecretException($"The secret '{reference}' is not Base32 (A-Z and 2-7). Make one with: mcp-proxy gate enroll");
        return secret.Length >= Totp.ShortestSecret
            ? secret
            : throw new GateSecretException($"The secret '{reference}' is too short: {secret.Length * 8} bits, and at least {Totp.ShortestSecret * 8} are needed (RFC 4226). Make one with: mcp-proxy gate enroll");
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Gate: '{Group}' stays locked: {Reason}")]
    partial void NotFound(string group, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Gate: the secret of '{Group}' is there now")]
    partial void Found(string group);
}
