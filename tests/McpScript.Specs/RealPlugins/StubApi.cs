using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace McpScript.Specs.RealPlugins;

/// <summary>A web API on this machine that plugins of the specs call; remembers the headers of each request.</summary>
sealed class StubApi : IAsyncDisposable
{
    readonly WebApplication _app;

    StubApi(WebApplication app) => _app = app;

    /// <summary>Its address, without a slash at the end.</summary>
    public string Url => _app.Urls.Single();

    /// <summary>The requests so far: path, and headers by name.</summary>
    public ConcurrentQueue<(string Path, Dictionary<string, string> Headers)> Requests { get; } = new();

    /// <summary>A server that answers paths with JSON texts, and all else with 404.</summary>
    public static async Task<StubApi> StartAsync(params (string Path, string Json)[] answers)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var api = new StubApi(builder.Build());
        var known = answers.ToDictionary(answer => answer.Path, answer => answer.Json);
        api._app.Run(async context =>
        {
            api.Requests.Enqueue((context.Request.Path,
                context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
            if (!known.TryGetValue(context.Request.Path, out var json))
            {
                context.Response.StatusCode = 404;
                return;
            }
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(json);
        });
        await api._app.StartAsync();
        return api;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
