using McpScript.Http.Requests;
using Microsoft.AspNetCore.Http;

namespace McpScript.Http.Guard;

/// <summary>Allow-lists for the Host and Origin headers, and CORS settings.</summary>
sealed record HostAndOriginOptions
{
    /// <summary>The loopback names and addresses of this machine.</summary>
    public static IReadOnlyList<string> Loopback { get; } = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>
    /// Allowed values of the Host header: <c>host</c> or <c>host:*</c> with any port, <c>host:port</c> with that port only, <c>*</c> for all.
    /// Default: <see cref="Loopback"/>. Stops DNS rebinding: a page that rebinds its DNS name to this server still sends its own name.
    /// </summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = Loopback;

    /// <summary>
    /// Allowed values of the Origin header, if it is sent: <c>https://app.example.com</c>, <c>http://localhost:*</c> with any port,
    /// <c>host</c> with any scheme and port, <c>*</c> for all. Default: <see cref="Loopback"/>.
    /// </summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = Loopback;

    /// <summary>The methods that pages may use, as preflight responses list them.</summary>
    public string AllowedMethods { get; init; } = "GET, POST, DELETE, OPTIONS";

    /// <summary>The response headers that pages may read.</summary>
    public string ExposedHeaders { get; init; } = $"{McpHeaders.SessionId}, {McpHeaders.ProtocolVersion}, WWW-Authenticate";

    /// <summary>Writes the body of a refused request, whose status is already set to 403. Default: a JSON-RPC error.</summary>
    public Func<HttpContext, string, Task>? Refuse { get; init; }
}
