using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using McpScript.Http.Streams;
using McpScript.Management;
using McpScript.Model;
using McpScript.Registry;
using Microsoft.AspNetCore.Http;

namespace McpScript.Http.Management;

/// <summary>Writes the events of <c>GET /proxy/events</c>.</summary>
static class EventBody
{
    /// <summary>
    /// Writes events until the client disconnects. Sends a comment after each silence, so that a lost connection is noticed, and no proxy closes the stream
    /// as idle.
    /// </summary>
    public static async Task WriteAsync(HttpContext context, ProxyEvents events, KeepAlive keepAlive)
    {
        try
        {
            await using var response = SseResponse.Begin(context, keepAlive);
            await SseFormatter.WriteAsync(Of(events, context.RequestAborted), response, context.RequestAborted);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The client has disconnected.
        }
    }

    /// <summary>Returns all events from now on; the first one reports that the stream is open.</summary>
    static async IAsyncEnumerable<SseItem<string>> Of(ProxyEvents events, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Subscribes before the first event is sent, so that a client that has received it misses no later event.
        using var follower = events.Follow();
        yield return new("{}", "open");
        await foreach (var proxyEvent in follower.EventsAsync(cancellationToken))
            yield return new(JsonSerializer.Serialize(Data(proxyEvent), ManagementJson.Options), proxyEvent.Kind);
    }

    static object Data(ProxyEvent proxyEvent) => proxyEvent.Data is ChangeResult change
        ? new
        {
            at = proxyEvent.At,
            plugin = change.Name,
            change.Added,
            change.Removed,
            change.Changed,
            change.Error,
            stage = change.Stage is { } stage ? PluginLoadException.Verb(stage) : null,
            problems = change.Problems.IsEmpty ? null : change.Problems.Select(problem => problem.ToString()),
            elapsed_ms = Milliseconds(change.Elapsed),
            compile_ms = Milliseconds(change.Compiling),
            register_ms = Milliseconds(change.Registering),
        }
        : new { at = proxyEvent.At, call = proxyEvent.Data };

    static double Milliseconds(TimeSpan span) => Math.Round(span.TotalMilliseconds, 1);
}
