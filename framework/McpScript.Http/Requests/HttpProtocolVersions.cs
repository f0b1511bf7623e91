using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpScript.Http.Requests;

/// <summary>The protocol revisions we speak, and the two eras they fall into: with sessions, and stateless.</summary>
static class HttpProtocolVersions
{
    const string FirstStateless = "2026-07-28";
    const string FirstResumable = "2025-11-25";

    /// <summary>The revisions that begin with an initialize handshake and then have a session.</summary>
    public static readonly string[] WithSessions = ["2024-11-05", "2025-03-26", "2025-06-18", FirstResumable];

    /// <summary>The revisions whose requests stand alone.</summary>
    public static readonly string[] Stateless = [FirstStateless];

    /// <summary>All of them, oldest first.</summary>
    public static readonly string[] All = [.. WithSessions, .. Stateless];

    /// <summary>Whether requests of this revision stand alone. Revisions are dates, so their order as text is their order in time.</summary>
    public static bool IsStateless(string? version) => string.CompareOrdinal(version, FirstStateless) >= 0;

    /// <summary>Whether a client of this revision understands streams that can be resumed.</summary>
    public static bool CanResume(string? version) => string.CompareOrdinal(version, FirstResumable) >= 0;

    /// <summary>Says that a revision is not spoken here, and which are.</summary>
    public static Rejection NotSpoken(string requested, string[] supported) => new(400, (int)McpErrorCode.UnsupportedProtocolVersion,
        $"Protocol version '{requested}' is not supported here. Use one of: {string.Join(", ", supported)}.")
    {
        Details = Details(requested, supported),
    };

    static JsonNode? Details(string requested, string[] supported) => JsonSerializer.SerializeToNode(
        new UnsupportedProtocolVersionErrorData { Requested = requested, Supported = supported },
        McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(UnsupportedProtocolVersionErrorData)));
}
