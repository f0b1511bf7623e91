using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Benchmarks.Peers;

/// <summary>Baseline: a server of the C# SDK with one tool, without validation, call log or plugins.</summary>
static class BareServer
{
    const string Version = "MCP-Protocol-Version", SessionId = "Mcp-Session-Id", Stateless = "2026-07-28";

    static readonly JsonTypeInfo<JsonRpcMessage> Message = (JsonTypeInfo<JsonRpcMessage>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage));

    /// <summary>Serves over stdio.</summary>
    public static async Task<int> RunStdioAsync(CancellationToken cancellationToken)
    {
        await using var server = McpServer.Create(new StdioServerTransport("bare"), Options());
        await server.RunAsync(cancellationToken);
        return 0;
    }

    /// <summary>Serves over HTTP on a free port, which it writes to stderr.</summary>
    public static async Task<int> RunHttpAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var options = Options();
        var sessions = new ConcurrentDictionary<string, StreamableHttpServerTransport>();
        app.MapPost("/mcp", context => PostAsync(context, options, sessions));
        return await ServeAsync(app, cancellationToken);
    }

    /// <summary>Serves over HTTP by the endpoint of ModelContextProtocol.AspNetCore, on a free port, which it writes to stderr.</summary>
    public static Task<int> RunMapMcpAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var bare = Options();
        builder.Services
            .AddMcpServer(options => (options.ServerInfo, options.ToolCollection) = (bare.ServerInfo, bare.ToolCollection))
            .WithHttpTransport(options => options.SessionMode = HttpServerSessionMode.StatefulForInitializeClients);
        var app = builder.Build();
        app.MapMcp("/mcp");
        return ServeAsync(app, cancellationToken);
    }

    internal static McpServerOptions Options() => new()
    {
        ServerInfo = new() { Name = "bare", Version = "1" },
        ScopeRequests = false,
        ToolCollection = [McpServerTool.Create((string message) => message, new() { Name = "echo", Description = "Says it again." })],
    };

    static async Task<int> ServeAsync(WebApplication app, CancellationToken cancellationToken)
    {
        app.Urls.Add("http://127.0.0.1:0");
        await app.StartAsync(cancellationToken);
        await Console.Error.WriteLineAsync($"listening on {new Uri(app.Urls.Single()).Port}");
        await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return 0;
    }

    static async Task PostAsync(HttpContext context, McpServerOptions options, ConcurrentDictionary<string, StreamableHttpServerTransport> sessions)
    {
        var message = (await JsonSerializer.DeserializeAsync(context.Request.Body, Message, context.RequestAborted))!;
        var version = context.Request.Headers[Version].ToString();
        message.Context = new() { ProtocolVersion = version.Length > 0 ? version : null };
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache,no-store";
        if (version == Stateless)
        {
            await using var transport = new StreamableHttpServerTransport { Stateless = true };
            await using var server = McpServer.Create(transport, options, serviceProvider: context.RequestServices);
            var run = server.RunAsync(context.RequestAborted);
            await transport.HandlePostRequestAsync(message, context.Response.Body, static _ => default, context.RequestAborted);
            await transport.DisposeAsync();
            await run;
            return;
        }
        if (!sessions.TryGetValue(context.Request.Headers[SessionId].ToString(), out var session))
        {
            var id = Guid.NewGuid().ToString("N");
            sessions[id] = session = new() { SessionId = id, FlowExecutionContextFromRequests = true };
            _ = McpServer.Create(session, options).RunAsync();
            context.Response.Headers[SessionId] = id;
        }
        if (!await session.HandlePostRequestAsync(message, context.Response.Body, static _ => default, context.RequestAborted))
        {
            context.Response.StatusCode = 202;
            context.Response.ContentType = null;
        }
    }
}
