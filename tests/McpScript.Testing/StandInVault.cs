using System.Collections.Concurrent;
using McpScript.Http.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpScript.Testing;

/// <summary>Test double of a Vaultwarden vault, over real HTTP.</summary>
public sealed class StandInVault : IAsyncDisposable
{
    readonly Listener _listener;

    StandInVault(Listener listener) => _listener = listener;

    /// <summary>Base URL.</summary>
    public Uri Url => new($"http://127.0.0.1:{_listener.Port}/");

    /// <summary>Requests received: the search term and the Authorization header.</summary>
    public ConcurrentQueue<(string? Search, string Authorization)> Requests { get; } = new();

    /// <summary>Function that answers a search; by default with an item of another name.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = context => Items(context, """{"name":"other"}""");

    /// <summary>Starts the vault.</summary>
    public static async Task<StandInVault> StartAsync(int port = 0)
    {
        StandInVault? vault = null;
        var listener = await Listener.StartAsync("vault", "127.0.0.1", port, app => app.MapGet("/api/list/object/items", (HttpContext context) =>
        {
            vault!.Requests.Enqueue((context.Request.Query["search"], context.Request.Headers.Authorization.ToString()));
            return vault.Answer(context);
        }), NullLoggerFactory.Instance, TimeSpan.Zero);
        return vault = new(listener);
    }

    /// <summary>Responds with items, given as JSON.</summary>
    public static Task Items(HttpContext context, string items) =>
        Results.Text($$$"""{"data":{"data":[{{{items}}}]}}""", "application/json").ExecuteAsync(context);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _listener.StopAsync();
        await _listener.DisposeAsync();
    }
}
