using McpScript.Client.Errors;
using McpScript.Client.Primitives;
using ModelContextProtocol.Protocol;

namespace McpScript.Client.Connecting;

/// <summary>Receiver of events of a connection. Members may be called from any thread.</summary>
interface IServerEvents
{
    /// <summary>A list of the server has changed.</summary>
    void ListChanged(PrimitiveListChange change);

    /// <summary>A subscribed resource has changed.</summary>
    void ResourceUpdated(string uri);

    /// <summary>The server sent a log message.</summary>
    void Logged(LoggingMessageNotificationParams message);

    /// <summary>The server's process wrote a line to stderr.</summary>
    void StderrLine(string line);

    /// <summary>The connection, or a request that no command waits for, has failed.</summary>
    void Failed(UserError error);

    /// <summary>A request was sent or a result was received; for <c>--verbose</c>.</summary>
    /// <param name="direction"><c>&gt;&gt;&gt;</c> for requests, <c>&lt;&lt;&lt;</c> for results.</param>
    /// <param name="message">Short description.</param>
    void Traced(string direction, string message);
}
