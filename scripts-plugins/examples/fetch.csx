// Fetch: gets text from the web, but not from private networks. Settings: allow_private (false), max_bytes (1000000), timeout (20 seconds).
using System.Net;
using System.Net.Sockets;

record Page(int Status, string ContentType, string Text, bool Cut);

var allowPrivate = config.Get("allow_private", false);
var maxBytes = config.Get("max_bytes", 1_000_000);

// Addresses are checked when a connection is opened, so that redirects and DNS rebinding cannot bypass the check.
var http = new HttpClient(new SocketsHttpHandler
{
    ConnectCallback = ConnectAsync,
    UseProxy = false,
    MaxAutomaticRedirections = 5,
    UseCookies = false,
    PooledConnectionLifetime = TimeSpan.FromMinutes(2),
})
{
    Timeout = TimeSpan.FromSeconds(config.Get("timeout", 20)),
};
mcp.OnUnload(http.Dispose);

mcp.Tool("fetch_url", "Get a page from the web, as text.", async ([Description("An http or https address.")] string url, CancellationToken ct) =>
{
    if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        throw new McpException($"'{url}' is not an http or https address.");
    try
    {
        using var response = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, ct);
        var (bytes, cut) = await ReadAsync(await response.Content.ReadAsStreamAsync(ct), ct);
        return new Page((int)response.StatusCode, response.Content.Headers.ContentType?.ToString() ?? "", Encoding.UTF8.GetString(bytes), cut);
    }
    catch (Exception e) when (e is HttpRequestException or IOException || (e is TaskCanceledException && !ct.IsCancellationRequested))
    {
        throw new McpException($"'{url}' cannot be fetched: {(e is TaskCanceledException ? "it takes too long" : e.InnerException?.Message ?? e.Message)}");
    }
}, new() { ReadOnly = true, OpenWorld = true });

async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
{
    var found = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, ct);
    var allowed = allowPrivate ? found : found.Where(IsPublic).ToArray();
    if (allowed.Length == 0)
        throw new IOException($"{context.DnsEndPoint.Host} is in a private network, which this tool does not access.");
    var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    try
    {
        await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, ct);
        return new NetworkStream(socket, ownsSocket: true);
    }
    catch
    {
        socket.Dispose();
        throw;
    }
}

async Task<(byte[] Bytes, bool Cut)> ReadAsync(Stream body, CancellationToken ct)
{
    var bytes = new byte[maxBytes + 1];
    var length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, ct);
    return (bytes[..Math.Min(length, maxBytes)], length > maxBytes);
}

static bool IsPublic(IPAddress address)
{
    var b = (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).GetAddressBytes();
    // IPv6: only global addresses (2000::/3), without 6to4 and Teredo tunnels. IPv4: without the private and reserved ranges of RFC 6890.
    return b.Length == 16
        ? (b[0] & 0xE0) == 0x20 && (b[0], b[1]) != (0x20, 0x02) && (b[0], b[1], b[2], b[3]) != (0x20, 0x01, 0, 0)
        : !(b[0] is 0 or 10 or 127 or >= 224 || (b[0] == 100 && b[1] is >= 64 and < 128)
            || (b[0] == 169 && b[1] == 254) || (b[0] == 172 && b[1] is >= 16 and < 32)
            || (b[0] == 192 && (b[1] == 168 || (b[1] == 0 && b[2] == 0))) || (b[0] == 198 && b[1] is 18 or 19));
}
