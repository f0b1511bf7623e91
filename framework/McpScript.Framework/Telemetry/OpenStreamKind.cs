namespace McpScript.Telemetry;

/// <summary>Kinds of event streams for unsolicited messages.</summary>
enum OpenStreamKind
{
    /// <summary>GET of a session.</summary>
    Get,

    /// <summary><c>subscriptions/listen</c> of stateless clients.</summary>
    Listen,
}
