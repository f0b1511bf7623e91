using McpScript.Client.Errors;
using McpScript.Client.Primitives;
using ModelContextProtocol.Protocol;

namespace McpScript.Client.Connecting;

/// <summary>Hears what comes from a server unasked.</summary>
interface IServerEvents
{
    /// <summary>What the server offers has changed.</summary>
    void ListChanged(PrimitiveListChange change);

    /// <summary>A resource that was subscribed to has changed.</summary>
    void ResourceUpdated(string uri);

    /// <summary>The server logs something.</summary>
    void Logged(LoggingMessageNotificationParams message);

    /// <summary>The server wrote a line to stderr.</summary>
    void StderrLine(string line);

    /// <summary>Something is wrong with the connection.</summary>
    void Failed(UserError complaint);

    /// <summary>What goes over the wire, in a few words, for those who want to know.</summary>
    void Traced(string direction, string what);
}
