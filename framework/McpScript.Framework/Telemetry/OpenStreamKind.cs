namespace McpScript.Telemetry;

/// <summary>Kinds of event streams that carry what no call asked for.</summary>
enum OpenStreamKind
{
    /// <summary>GET of a session.</summary>
    Get,

    /// <summary><c>subscriptions/listen</c> of the stateless era.</summary>
    Listen,
}
