using System.Net;

namespace McpScript.Configuration;

/// <summary>Tells this machine from others.</summary>
static class Loopback
{
    /// <summary>True if the name or address can only mean this machine; judged by what it is, not by how it begins.</summary>
    public static bool Is(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address);
}
