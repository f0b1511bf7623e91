using McpScript.Http.Requests;
using Microsoft.AspNetCore.Http;

namespace McpScript.Http.Guard;

/// <summary>Which hosts may be asked, and which web pages may ask.</summary>
sealed record HostAndOriginOptions
{
    /// <summary>The names of this machine itself.</summary>
    public static IReadOnlyList<string> Loopback { get; } = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>
    /// What a request's Host header may say: <c>host</c> or <c>host:*</c> with any port, <c>host:port</c> with that port only, <c>*</c> for all.
    /// A page that rebinds its DNS name to us still sends its own name here.
    /// </summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = Loopback;

    /// <summary>
    /// What a request's Origin header may say, if there is one: <c>https://app.example.com</c>, <c>http://localhost:*</c> with any port,
    /// <c>host</c> with any scheme and port, <c>*</c> for all.
    /// </summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = Loopback;

    /// <summary>Methods that pages may use, as the answer to a preflight lists them.</summary>
    public string AllowedMethods { get; init; } = "GET, POST, DELETE, OPTIONS";

    /// <summary>Response headers that pages may read.</summary>
    public string ExposedHeaders { get; init; } = $"{McpHeaders.SessionId}, {McpHeaders.ProtocolVersion}, WWW-Authenticate";

    /// <summary>Answers a refused request, whose status is set to 403 already; by default with a JSON-RPC error.</summary>
    public Func<HttpContext, string, Task>? Refuse { get; init; }
}
