using ModelContextProtocol.Server;

namespace McpScript.Framework.Tests.Http.MapMcp;

/// <summary>A running server of one of the two implementations; tests are the same for both but for the outcome that they expect.</summary>
interface IHttpServerUnderTest : IServerAddress, IAsyncDisposable
{
    /// <summary>Tools of all its servers; a change is a list change.</summary>
    McpServerPrimitiveCollection<McpServerTool> Tools { get; }

    /// <summary>Requests that have not ended on the server's side.</summary>
    OpenRequests Requests { get; }

    /// <summary>
    /// Wait for an event that only the right behaviour brings about and that nothing else can show to be missing: <see cref="Door.Patience"/> for ours,
    /// which has it, and one second for MapMcp, which runs out. It bounds the length of a test and does not decide about ours.
    /// </summary>
    TimeSpan Patience { get; }

    /// <summary>Stops the web server as its host does.</summary>
    Task StopAsync();

    /// <summary>Fails unless ours does it right and MapMcp has the known fault.</summary>
    /// <param name="point">Row of docs/decisions/mapmcp.md.</param>
    /// <param name="right">What a server does that does it right.</param>
    /// <param name="fault">What MapMcp does.</param>
    /// <param name="observed">What this server has done.</param>
    void Check<T>(string point, T right, T fault, T observed);
}
