namespace McpScript;

/// <summary>A value of which each session has its own: made when it is first asked for, disposed of when the session ends.</summary>
/// <remarks>
/// A session is a client's connection; for clients without one (2026-07-28 over HTTP) it is the authenticated caller, and for anonymous ones of them each
/// request.
/// </remarks>
public interface IPerSession<out T>
{
    /// <summary>The value of the session whose request is being handled.</summary>
    /// <exception cref="InvalidOperationException">No request is being handled: not by this flow, or not any more.</exception>
    T Current { get; }

    /// <summary>How many sessions have a value now.</summary>
    int Count { get; }
}
