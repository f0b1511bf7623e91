using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace McpScript.Gates;

/// <summary>Secrets in a Vaultwarden vault: the notes, else the password, of the item with the name of the reference. Safe for concurrent use.</summary>
/// <param name="http">Creates the HTTP client.</param>
/// <param name="url">The URL of the vault.</param>
/// <param name="token">The vault's access token.</param>
/// <param name="kept">How long a secret is cached; zero for no caching.</param>
/// <param name="time">The clock.</param>
sealed class VaultwardenSecrets(IHttpClientFactory http, Uri url, string token, TimeSpan kept, TimeProvider time) : IGateSecrets
{
    /// <summary>The name of the HTTP client.</summary>
    public const string ClientName = "vaultwarden";

    const int MaxResponseBytes = 4 * 1024 * 1024;

    static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(10);

    readonly ConcurrentDictionary<string, (string Secret, long At)> _kept = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public async ValueTask<string> GetAsync(string reference, CancellationToken cancellationToken)
    {
        if (_kept.TryGetValue(reference, out var known) && time.GetElapsedTime(known.At) < kept)
            return known.Secret;
        var secret = await FetchAsync(reference, cancellationToken);
        if (kept > TimeSpan.Zero)
            _kept[reference] = (secret, time.GetTimestamp());
        return secret;
    }

    /// <summary>Clears the cache for one reference, or for all if null.</summary>
    public void Invalidate(string? reference = null)
    {
        if (reference is null)
            _kept.Clear();
        else
            _kept.TryRemove(reference, out _);
    }

    async Task<string> FetchAsync(string reference, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(RequestTimeout);
        try
        {
            using var client = http.CreateClient(ClientName);
            client.MaxResponseContentBufferSize = MaxResponseBytes;
            var address = $"{url.AbsoluteUri.TrimEnd('/')}/api/list/object/items?search={Uri.EscapeDataString(reference)}";
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using var response = await client.SendAsync(request, timeout.Token);
            if (!response.IsSuccessStatusCode)
                throw new GateSecretException(response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
                    ? $"Vaultwarden at {url} refuses the token ({(int)response.StatusCode}). Set a valid 'vaultwarden_token'."
                    : $"Vaultwarden at {url} answered {(int)response.StatusCode}. It is tried again later.");
            return Find(await response.Content.ReadAsByteArrayAsync(timeout.Token), reference)
                ?? throw new GateSecretException($"Vaultwarden: item '{reference}' not found or has no value.");
        }
        catch (HttpRequestException e)
        {
            throw new GateSecretException($"Vaultwarden at {url} cannot be reached: {e.Message} It is tried again later.", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new GateSecretException($"Vaultwarden at {url} did not answer within {RequestTimeout.TotalSeconds:0} s. It is tried again later.", e);
        }
        catch (JsonException e)
        {
            throw new GateSecretException($"The server at {url} is not a vault: its response is not JSON. Check 'vaultwarden_url'.", e);
        }
    }

    static string? Find(byte[] answer, string reference)
    {
        using var json = JsonDocument.Parse(answer);
        if (Member(Member(json.RootElement, "data"), "data") is not { ValueKind: JsonValueKind.Array } items)
            return null;
        foreach (var item in items.EnumerateArray())
            if (Text(Member(item, "name")) == reference)
                return Text(Member(item, "notes")) ?? Text(Member(Member(item, "login"), "password"));
        return null;
    }

    static JsonElement? Member(JsonElement? value, string name) =>
        value is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty(name, out var member) ? member : null;

    static string? Text(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.String } text && text.GetString()!.Trim() is { Length: > 0 } some ? some : null;
}
