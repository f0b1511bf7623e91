using McpScript.Http.Sessions;

namespace McpScript.Framework.Tests.Http;

/// <summary>Reads what a session knows of its calls.</summary>
static class SessionPeek
{
    extension(RunningCalls calls)
    {
        /// <summary>Whether every call that waits for its client has been answered.</summary>
        public bool AllAnswered => calls.All(call => call.Kept is { IsCompleted: true });

        /// <summary>Whether a client has come back for some call.</summary>
        public bool AnyRead => !calls.All(call => call.Kept is not { HasReaders: true });

        // A rule that picks nothing sees all.
        bool All(Func<RunningCall, bool> rule)
        {
            var all = true;
            calls.RemoveWhere(call => { all &= rule(call); return false; });
            return all;
        }
    }

    /// <summary>Waits until the server knows that the session's one call has lost its client.</summary>
    public static Task UnattendedAsync(this HttpHost host, string session) =>
        Until.TrueAsync(() => !host.Endpoint.Sessions.Find(session)!.Calls.All(call => call.Kept is null));
}
