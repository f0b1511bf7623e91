using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace McpScript.Testing.Processes;

/// <summary>Test double of an OpenTelemetry collector (OTLP over HTTP) that keeps the received bodies.</summary>
public sealed class Collector : IAsyncDisposable
{
    readonly WebApplication _app;
    readonly ConcurrentQueue<(string Signal, byte[] Body)> _received = new();

    Collector(WebApplication app) => _app = app;

    /// <summary>Base URL.</summary>
    public string Endpoint => _app.Urls.Single();

    /// <summary>Starts a collector on a free port.</summary>
    public static async Task<Collector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var collector = new Collector(app);
        app.MapPost("/v1/{signal}", async (string signal, HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            collector._received.Enqueue((signal, body.ToArray()));
            return Results.Bytes([], "application/x-protobuf");
        });
        await app.StartAsync();
        return collector;
    }

    /// <summary>Returns true if a body of a signal (<c>traces</c>, <c>metrics</c>) contains these bytes.</summary>
    public bool Has(string signal, ReadOnlySpan<byte> bytes)
    {
        foreach (var (came, body) in _received)
            if (came == signal && body.AsSpan().IndexOf(bytes) >= 0)
                return true;
        return false;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
