using System.Collections.Frozen;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace McpScript.Http.Guard;

/// <summary>Allow-list for the Origin header.</summary>
sealed class OriginList
{
    readonly FrozenSet<string> _exact;
    readonly FrozenSet<string> _withAnyPort;
    readonly HostList _hosts;
    readonly bool _all;

    /// <summary>Parses <c>scheme://host[:port]</c>, <c>scheme://host:*</c>, <c>host</c> and <c>*</c>.</summary>
    public OriginList(IEnumerable<string> entries)
    {
        var all = entries.Select(entry => entry.Trim().TrimEnd('/')).ToList();
        var origins = all.Where(entry => entry.Contains("://")).ToList();
        _all = all.Contains("*");
        _hosts = new HostList(all.Except(origins));
        _withAnyPort = origins.Where(entry => entry.EndsWith(":*", StringComparison.Ordinal)).Select(entry => entry[..^2])
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        _exact = origins.Append("null").Intersect(all).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Returns true if the origin is listed. Ignores case.</summary>
    public bool Has(string origin)
    {
        // The origin is copied to a response header, which takes ASCII only.
        if (!Ascii.IsValid(origin))
            return false;
        if (_all || _exact.Contains(origin))
            return true;
        if (!Uri.TryCreate(origin, UriKind.Absolute, out var uri)
            || uri.UserInfo.Length > 0 || uri.AbsolutePath != "/" || uri.Query.Length > 0 || uri.Fragment.Length > 0)
            return false;
        // Uri.Host and HostString both keep the brackets of an IPv6 address.
        return _withAnyPort.Contains($"{uri.Scheme}://{uri.Host}") || _hosts.Has(uri.Port > 0 ? new HostString(uri.Host, uri.Port) : new HostString(uri.Host));
    }
}
