using System.Collections.Concurrent;
using McpScript.Http.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpScript.Testing.OAuth;

/// <summary>Test double of an authorization server that may misbehave: answers introspection requests as the test sets it.</summary>
public sealed class Introspector : IAsyncDisposable
{
    readonly Listener _listener;

    Introspector(Listener listener) => _listener = listener;

    /// <summary>Base URL.</summary>
    public Uri Url => new($"http://127.0.0.1:{_listener.Port}");

    /// <summary>Requests received: path, form, and Authorization header.</summary>
    public ConcurrentQueue<(string Path, IReadOnlyDictionary<string, string> Form, string Authorization)> Requests { get; } = new();

    /// <summary>Function that answers the introspection of a token. By default no token is active.</summary>
    public Func<string, HttpContext, Task<(int Status, string Body)>> Answer { get; set; } = (_, _) => Task.FromResult((200, """{"active":false}"""));

    /// <summary>Sets the same response for all tokens.</summary>
    public void Always(string body, int status = 200) => Answer = (_, _) => Task.FromResult((status, body));

    /// <summary>Starts the server on a free port.</summary>
    public static async Task<Introspector> StartAsync()
    {
        Introspector? introspector = null;
        var listener = await Listener.StartAsync(
            "stand-in", "127.0.0.1", 0, app => app.Run(context => introspector!.ServeAsync(context)), NullLoggerFactory.Instance, TimeSpan.Zero);
        return introspector = new(listener);
    }

    /// <summary>Stops the server, so that connections are refused.</summary>
    public Task GoDownAsync() => _listener.StopAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _listener.StopAsync();
        await _listener.DisposeAsync();
    }

    async Task ServeAsync(HttpContext context)
    {
        var form = (await context.Request.ReadFormAsync()).ToDictionary(field => field.Key, field => field.Value.ToString());
        Requests.Enqueue((context.Request.Path, form, context.Request.Headers.Authorization.ToString()));
        var (status, body) = await Answer(form.GetValueOrDefault("token", ""), context);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body);
    }
}
