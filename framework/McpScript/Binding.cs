using System.Collections.Immutable;
using System.Net;
using McpScript.Configuration;
using McpScript.Http.Guard;

namespace McpScript;

/// <summary>Derives Host header names and URLs from the address that a server is bound to.</summary>
static class Binding
{
    /// <summary>
    /// Returns the allowed names in the Host header of a request: the loopback names, the host itself (if bound to all interfaces, this machine's name and
    /// addresses instead), and the host of the public URL.
    /// </summary>
    public static ImmutableArray<string> NamesOf(McpScriptConfig config) =>
        [.. NamesOf(config.Host), .. config.OAuth.PublicUrl is { } url ? [url.IdnHost] : Array.Empty<string>()];

    static IReadOnlyList<string> NamesOf(string host)
    {
        if (!IPAddress.TryParse(host.Trim('[', ']'), out var address) || !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any))
            return host is "*" or "+" ? [.. HostAndOriginOptions.Loopback, .. Machine()] : [.. HostAndOriginOptions.Loopback, Shown(host)];
        return [.. HostAndOriginOptions.Loopback, .. Machine()];
    }

    /// <summary>Returns the host as it is written in a URL: IPv6 addresses in brackets, and 127.0.0.1 for all interfaces.</summary>
    public static string Shown(string host) => host switch
    {
        "0.0.0.0" or "*" or "+" or "::" => "127.0.0.1",
        _ => host.Contains(':') && !host.StartsWith('[') ? $"[{host}]" : host,
    };

    static IEnumerable<string> Machine()
    {
        var name = Dns.GetHostName();
        IEnumerable<IPAddress> addresses;
        try
        {
            addresses = Dns.GetHostAddresses(name);
        }
        catch (System.Net.Sockets.SocketException)
        {
            // The machine cannot resolve its own name; clients need 'allowed_hosts' to reach it by address.
            addresses = [];
        }
        return [name, .. addresses.Select(address => Shown(address.ToString()))];
    }
}
