using McpScript.Http.Requests;
using McpScript.Invocation;

namespace McpScript.Http.Sessions;

/// <summary>Finds the session of a request, if the caller may use it.</summary>
static class SessionLookup
{
    /// <summary>Returns the session, already entered, or the reason why it cannot be used.</summary>
    public static (Session? Session, Rejection? Rejection) Enter(McpHttpRequest exchange, SessionStore sessions)
    {
        if (exchange.SessionId.Length == 0)
            return (null, Rejection.BadRequest($"The {McpHeaders.SessionId} header is missing."));
        if (sessions.Find(exchange.SessionId) is not { } session)
            return (null, Unknown);
        if (session.Owner != CallerIdentity.From(exchange.Context.User))
            return (null, new(403, Rejection.Transport, "Forbidden: the session belongs to another user."));
        if (!session.TryEnter())
            return (null, Unknown);
        exchange.Context.Response.Headers[McpHeaders.SessionId] = session.Id;
        return (session, null);
    }

    static readonly Rejection Unknown = new(404, Rejection.UnknownSession, "Session not found: it ended, or never existed. Initialize a new one.");
}
