using System.Collections.Immutable;
using System.Net;
using McpScript.Configuration;
using McpScript.Http.Guard;

namespace McpScript;

/// <summary>What follows from the address that a server is bound to.</summary>
static class Binding
{
    /// <summary>
    /// The names under which a request may ask for it: the loopback ones, the host itself, for an open bind this machine's name and addresses, and the
    /// public URL's.
    /// </summary>
    public static ImmutableArray<string> NamesOf(McpScriptConfig config) =>
        [.. NamesOf(config.Host), .. config.OAuth.PublicUrl is { } url ? [url.IdnHost] : Array.Empty<string>()];

    static IReadOnlyList<string> NamesOf(string host)
    {
        if (!IPAddress.TryParse(host.Trim('[', ']'), out var address) || !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any))
            return host is "*" or "+" ? [.. HostAndOriginOptions.Loopback, .. Machine()] : [.. HostAndOriginOptions.Loopback, Shown(host)];
        return [.. HostAndOriginOptions.Loopback, .. Machine()];
    }

    /// <summary>The host as it stands in a URL.</summary>
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
            // A machine that does not know its own name is reached by 'allowed_hosts'.
            addresses = [];
        }
        return [name, .. addresses.Select(address => Shown(address.ToString()))];
    }
}
