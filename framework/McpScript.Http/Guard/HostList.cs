using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;

namespace McpScript.Http.Guard;

/// <summary>Allow-list for the Host header.</summary>
sealed class HostList
{
    readonly FrozenSet<string> _withAnyPort;
    readonly FrozenSet<string> _withOnePort;
    readonly bool _all;

    /// <summary>Parses <c>host</c>, <c>host:*</c>, <c>host:port</c> and <c>*</c>; IPv6 addresses with or without brackets.</summary>
    public HostList(IEnumerable<string> entries)
    {
        var hosts = entries.Select(entry => new HostString(Bracketed(entry.Trim()))).ToList();
        _all = hosts.Any(host => host.Value == "*");
        _withOnePort = hosts.Where(host => host.Port is not null).Select(host => host.Value!).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        _withAnyPort = hosts.Where(host => host.Port is null).Select(host => host.Host).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Returns true if the host is listed. Ignores case.</summary>
    public bool Has(HostString host) => _all || (host.HasValue && (_withAnyPort.Contains(host.Host) || _withOnePort.Contains(host.Value)));

    static string Bracketed(string entry)
    {
        if (entry.EndsWith(":*", StringComparison.Ordinal))
            entry = entry[..^2];
        return entry.Count(c => c == ':') > 1 && !entry.StartsWith('[') ? $"[{entry}]" : entry;
    }
}
