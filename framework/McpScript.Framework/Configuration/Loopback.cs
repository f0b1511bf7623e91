using System.Net;

namespace McpScript.Configuration;

/// <summary>Recognizes names and addresses of this machine.</summary>
static class Loopback
{
    /// <summary>Returns true for <c>localhost</c> and loopback addresses. Parses the address; a prefix such as <c>127.</c> is not enough.</summary>
    public static bool Is(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address);
}
