using System.Collections.Frozen;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace McpScript.Http.Guard;

/// <summary>The origins whose pages may ask.</summary>
sealed class OriginList
{
    readonly FrozenSet<string> _exact;
    readonly FrozenSet<string> _withAnyPort;
    readonly HostList _hosts;
    readonly bool _all;

    /// <summary>Takes <c>scheme://host[:port]</c>, <c>scheme://host:*</c>, <c>host</c> and <c>*</c>.</summary>
    public OriginList(IEnumerable<string> entries)
    {
        var all = entries.Select(entry => entry.Trim().TrimEnd('/')).ToList();
        var origins = all.Where(entry => entry.Contains("://")).ToList();
        _all = all.Contains("*");
        _hosts = new HostList(all.Except(origins));
        _withAnyPort = origins.Where(entry => entry.EndsWith(":*", StringComparison.Ordinal)).Select(entry => entry[..^2]).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        _exact = origins.Append("null").Intersect(all).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Whether the origin is listed.</summary>
    public bool Has(string origin)
    {
        // The origin is echoed in the answer, and only ASCII can be.
        if (!Ascii.IsValid(origin))
            return false;
        if (_all || _exact.Contains(origin))
            return true;
        if (!Uri.TryCreate(origin, UriKind.Absolute, out var uri) || uri.UserInfo.Length > 0 || uri.AbsolutePath != "/" || uri.Query.Length > 0 || uri.Fragment.Length > 0)
            return false;
        // An IPv6 host keeps its brackets in Uri.Host, as it does in HostString.
        return _withAnyPort.Contains($"{uri.Scheme}://{uri.Host}") || _hosts.Has(uri.Port > 0 ? new HostString(uri.Host, uri.Port) : new HostString(uri.Host));
    }
}
