namespace McpScript;

/// <summary>A value per session: created at its first use, disposed when the session ends.</summary>
/// <remarks>
/// A session is a client's connection. For clients without one (2026-07-28 over HTTP) it is the authenticated caller; for anonymous callers each request is
/// a session.
/// </remarks>
public interface IPerSession<out T>
{
    /// <summary>The value of the session whose request is being handled.</summary>
    /// <exception cref="InvalidOperationException">The code does not run within a request, or the request has ended.</exception>
    T Current { get; }

    /// <summary>The number of sessions that have a value now.</summary>
    int Count { get; }
}
