using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpScript.Http.Requests;

/// <summary>The protocol revisions that the HTTP endpoint supports: those with sessions, and stateless ones.</summary>
static class HttpProtocolVersions
{
    const string FirstStateless = "2026-07-28";
    const string FirstResumable = "2025-11-25";

    /// <summary>The revisions that begin with an initialize handshake and have sessions.</summary>
    public static readonly string[] WithSessions = ["2024-11-05", "2025-03-26", "2025-06-18", FirstResumable];

    /// <summary>The revisions with stateless requests.</summary>
    public static readonly string[] Stateless = [FirstStateless];

    /// <summary>All supported revisions, oldest first.</summary>
    public static readonly string[] All = [.. WithSessions, .. Stateless];

    /// <summary>Returns true if requests of this revision are stateless. Revisions are dates, so an ordinal comparison orders them by time.</summary>
    public static bool IsStateless(string? version) => string.CompareOrdinal(version, FirstStateless) >= 0;

    /// <summary>Returns true if clients of this revision can resume streams.</summary>
    public static bool CanResume(string? version) => string.CompareOrdinal(version, FirstResumable) >= 0;

    /// <summary>Returns the error for an unsupported revision, with the supported ones.</summary>
    public static Rejection NotSpoken(string requested, string[] supported) => new(400, (int)McpErrorCode.UnsupportedProtocolVersion,
        $"Protocol version '{requested}' is not supported here. Use one of: {string.Join(", ", supported)}.")
    {
        Details = Details(requested, supported),
    };

    static JsonNode? Details(string requested, string[] supported) => JsonSerializer.SerializeToNode(
        new UnsupportedProtocolVersionErrorData { Requested = requested, Supported = supported },
        McpJsonUtilities.ProtocolOptions.GetTypeInfo(typeof(UnsupportedProtocolVersionErrorData)));
}
