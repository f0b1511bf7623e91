using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using McpScript.Testing.Processes;

namespace McpScript.Testing.OAuth;

/// <summary>Process of a real OAuth server (oidc-provider): opaque tokens, introspection with client authentication, revocation.</summary>
public sealed class OAuthServer : IAsyncDisposable
{
    /// <summary>Client id and secret of the resource server.</summary>
    public const string ResourceId = "mcp", ResourceSecret = "a secret: 100%+";

    static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false });

    readonly Process _process;

    OAuthServer(Process process, Uri issuer)
    {
        (_process, Issuer) = (process, issuer);
        Secrets.Keep(ResourceSecret);
    }

    /// <summary>Issuer URL, which is also the base URL.</summary>
    public Uri Issuer { get; }

    /// <summary>Starts the server.</summary>
    public static async Task<OAuthServer> StartAsync()
    {
        var process = NodePackages.OAuth.Start("server.mjs");
        var errors = new LineLog();
        var output = new LineLog(beside: errors);
        _ = Task.WhenAll(errors.ReadAsync(process.StandardError), output.ReadAsync(process.StandardOutput));
        try
        {
            return new(process, new(await output.WaitForAsync("http://127.0.0.1:")));
        }
        catch
        {
            // The caller gets an exception and cannot dispose the process.
            process.Kill();
            process.Dispose();
            throw;
        }
    }

    /// <summary>Requests a token with client credentials.</summary>
    public async Task<string> TokenAsync(string client, Uri resource, string scope = "user")
    {
        var answer = await PostAsync(
            "/token", client, $"{client}-secret", ("grant_type", "client_credentials"), ("scope", scope), ("resource", resource.OriginalString));
        return Secrets.Keep(JsonDocument.Parse(answer).RootElement.GetProperty("access_token").GetString()!);
    }

    /// <summary>Revokes a token.</summary>
    public Task RevokeAsync(string client, string token) => PostAsync("/token/revocation", client, $"{client}-secret", ("token", token));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    async Task<string> PostAsync(string path, string client, string secret, params (string Name, string Value)[] form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Issuer, path))
        {
            Content = new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value))),
            Headers = { Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{client}:{secret}"))) },
        };
        using var response = await Http.SendAsync(request).WaitAsync(TestHost.Patience);
        var body = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? body : throw new InvalidOperationException($"{path} answered {(int)response.StatusCode}: {body}");
    }
}
