using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using McpScript.Http.Streams;
using McpScript.Management;
using McpScript.Model;
using McpScript.Registry;
using Microsoft.AspNetCore.Http;

namespace McpScript.Http.Management;

/// <summary>The events of <c>GET /proxy/events</c>.</summary>
static class EventBody
{
    /// <summary>
    /// Writes them until the follower goes; a comment breaks each silence, so that one that has gone without a word is noticed, and no proxy cuts a quiet
    /// stream.
    /// </summary>
    public static async Task WriteAsync(HttpContext context, ProxyEvents events, KeepAlive keepAlive)
    {
        try
        {
            await using var response = EventStreamResponse.Begin(context, keepAlive);
            await SseFormatter.WriteAsync(Of(events, context.RequestAborted), response, context.RequestAborted);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The follower has gone.
        }
    }

    /// <summary>Everything from now on; a first event tells that the stream is open.</summary>
    static async IAsyncEnumerable<SseItem<string>> Of(ProxyEvents events, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Before it is said that the stream is open: whoever has read that misses nothing from then on.
        using var follower = events.Follow();
        yield return new("{}", "open");
        await foreach (var told in follower.EventsAsync(cancellationToken))
            yield return new(JsonSerializer.Serialize(Data(told), ManagementJson.Options), told.Kind);
    }

    static object Data(ProxyEvent told) => told.Data is ChangeResult change
        ? new
        {
            at = told.At,
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
        : new { at = told.At, call = told.Data };

    static double Milliseconds(TimeSpan span) => Math.Round(span.TotalMilliseconds, 1);
}
