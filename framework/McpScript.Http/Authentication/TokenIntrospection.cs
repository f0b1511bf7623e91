using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using McpScript.Configuration;
using McpScript.Telemetry;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace McpScript.Http.Authentication;

/// <summary>Verifies tokens at the authorization server (RFC 7662). A response that is not clearly positive means that the token is not verified.</summary>
sealed partial class TokenIntrospection
{
    /// <summary>The name of the HTTP client.</summary>
    public const string HttpClientName = "McpScript.Introspection";

    readonly ResourceServer _resource;
    readonly IHttpClientFactory _http;
    readonly ILogger<TokenIntrospection> _log;
    readonly ResiliencePipeline<HttpResponseMessage> _attempts;

    /// <summary>Creates the introspection of a resource server.</summary>
    /// <exception cref="ArgumentException">Tokens must not be sent to the introspection URL, because it is not secure.</exception>
    public TokenIntrospection(ResourceServer resource, IHttpClientFactory http, ILogger<TokenIntrospection> log)
    {
        if (SecureUrl.WhyNot(resource.IntrospectionUrl) is { } why)
            throw new ArgumentException($"The introspection URL {why}.", nameof(resource));
        (_resource, _http, _log) = (resource, http, log);
        _attempts = Attempts(resource);
    }

    /// <summary>Returns the authorization server's verdict on a token. Never throws.</summary>
    public async Task<TokenResult> AskAsync(string token)
    {
        var began = Stopwatch.GetTimestamp();
        var verdict = await IntrospectAsync(token);
        var outcome = verdict.Token is not null ? "active" : verdict == TokenResult.Inactive ? "inactive" : "error";
        Instruments.Introspected(_resource.IntrospectionUrl, outcome, Stopwatch.GetElapsedTime(began));
        return verdict;
    }

    async Task<TokenResult> IntrospectAsync(string token)
    {
        try
        {
            using var response = await _attempts.ExecuteAsync(ct => new ValueTask<HttpResponseMessage>(SendAsync(token, ct)), CancellationToken.None);
            if (response.StatusCode is not HttpStatusCode.OK)
                return UnusableAnswer($"it answered {(int)response.StatusCode}{HintOf(response.StatusCode)}");
            var body = await response.Content.ReadAsByteArrayAsync();
            return IntrospectionAnswer.Read(body, FallbackSubject(token)) is { } active ? new(active, null) : TokenResult.Inactive;
        }
        catch (JsonException e)
        {
            return UnusableAnswer($"its answer is not what RFC 7662 says: {e.Message}");
        }
        catch (TimeoutRejectedException)
        {
            return UnusableAnswer(string.Create(CultureInfo.InvariantCulture, $"it did not answer within {_resource.AttemptTimeout.TotalSeconds:0.###} s"));
        }
        catch (HttpRequestException e)
        {
            return UnusableAnswer(e.Message);
        }
        catch (Exception e)
        {
            // Unexpected. The token has not been verified, and the caller must not be blamed for that.
            Failed(_resource.IntrospectionUrl.Authority, e);
            return TokenResult.Unverified;
        }
    }

    async Task<HttpResponseMessage> SendAsync(string token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _resource.IntrospectionUrl);
        request.Headers.Accept.Add(new("application/json"));
        List<KeyValuePair<string, string>> form = [new("token", token), new("token_type_hint", "access_token")];
        if (_resource is { ClientId: { } id, ClientSecret: { } secret })
        {
            var credentials = Encoding.ASCII.GetBytes($"{FormEncoded(id)}:{FormEncoded(secret)}");
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(credentials));
        }
        else if (_resource.ClientId is not null)
            form.Add(new("client_id", _resource.ClientId));
        request.Content = new FormUrlEncodedContent(form);
        // Reads the body too, so that the timeout covers a slow body, and the client's limit a large one.
        return await _http.CreateClient(HttpClientName).SendAsync(request, cancellationToken);
    }

    // Timeouts use the system clock: they measure the network, whatever clock the validity of tokens uses.
    static ResiliencePipeline<HttpResponseMessage> Attempts(ResourceServer resource) => new ResiliencePipelineBuilder<HttpResponseMessage>()
        .AddTimeout(resource.Timeout)
        .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
        {
            MaxRetryAttempts = 2,
            Delay = TimeSpan.FromMilliseconds(200),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            ShouldHandle = new PredicateBuilder<HttpResponseMessage>().Handle<HttpRequestException>().Handle<TimeoutRejectedException>()
                .HandleResult(response => (int)response.StatusCode is >= 500 or 408 or 429),
        })
        .AddTimeout(resource.AttemptTimeout)
        .Build();

    // All requests with this token share a subject; nothing else is known about the caller.
    static string FallbackSubject(string token) => $"token:{Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(token)))[..16]}";

    // RFC 6749, 2.3.1: id and secret are form-encoded before they are joined.
    static string FormEncoded(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);

    static string HintOf(HttpStatusCode status) =>
        status is HttpStatusCode.Unauthorized ? "; are 'oauth_client_id' and 'oauth_client_secret' right?" : "";

    TokenResult UnusableAnswer(string why)
    {
        Unverified(_resource.IntrospectionUrl.Authority, why);
        return TokenResult.Unverified;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "OAuth: a token was refused because {Server} could not say whether it is good: {Problem}")]
    partial void Unverified(string server, string problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "OAuth: a token was refused because asking {Server} about it failed.")]
    partial void Failed(string server, Exception error);
}
