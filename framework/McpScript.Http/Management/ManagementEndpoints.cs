using System.Text.Json;
using McpScript.Gates;
using McpScript.Http.Guard;
using McpScript.Http.Requests;
using McpScript.Http.Streams;
using McpScript.Management;
using McpScript.Model;
using McpScript.Registry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace McpScript.Http.Management;

/// <summary>The management API: each route translates an HTTP request to a call of <see cref="ProxyOperations"/>.</summary>
static class ManagementEndpoints
{
    /// <summary>Adds the services of the routes.</summary>
    public static void AddManagement(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json => ManagementJson.Configure(json.SerializerOptions));
        // By default ASP.NET explains bad requests in development only; here the callers are operators.
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddOpenApi("v1", options => options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "McpScript management API";
            return Task.CompletedTask;
        }));
    }

    /// <summary>Maps the routes, and guards the whole application by Host, Origin and token.</summary>
    /// <param name="app">The application, with no other middleware.</param>
    /// <param name="operations">The operations on the proxy.</param>
    /// <param name="events">The events for <c>/proxy/events</c>.</param>
    /// <param name="log">Returns the last lines of the log, newest last.</param>
    /// <param name="token">The management token; null if none is configured.</param>
    /// <param name="gate">The gate, whose unlock pages are served to browsers without a token; null for none.</param>
    /// <param name="time">The clock of keep-alive comments; null for the system's.</param>
    public static void MapManagement(
        this WebApplication app, ProxyOperations operations, ProxyEvents events, Func<int, IReadOnlyList<string>> log, string? token, Gate? gate = null,
        TimeProvider? time = null)
    {
        var keepAlive = new KeepAlive(KeepAlive.Default, time ?? TimeProvider.System);
        app.Use(next => new ManagementGuard(next).InvokeAsync);
        app.UseMiddleware<MalformedRequests>();
        var unlockPages = UnlockPageEndpoints.Path.TrimEnd('/');
        app.UseWhen(context => gate is null || !context.Request.Path.StartsWithSegments(unlockPages), guarded => guarded.UseBearerToken(token));
        app.UseRouting();
        app.UseStatusCodePages(status => Explained(status.HttpContext).ExecuteAsync(status.HttpContext));
        app.MapOpenApi("/openapi/v1.json");

        var proxy = app.MapGroup("/proxy");
        proxy.MapGet("/status", () => TypedResults.Ok(StatusBody.Of(operations.Registry.GetSummary(), operations.LogDropped)))
            .WithSummary("All plugins that are loaded or failed, and the generations that are unloading.");
        proxy.MapGet("/plugins", () => TypedResults.Ok(new PluginsBody(operations.Plugins))).WithSummary("Names of the loaded plugins, in load order.");
        proxy.MapGet("/tools", (bool dynamic_only = false) => TypedResults.Ok(new ToolsBody(operations.Tools(dynamic_only))))
            .WithSummary("Names of the loaded tools.");
        proxy.MapGet("/available", () => TypedResults.Ok(new AvailableBody(operations.Available())))
            .WithSummary("The plugins in the plugin folders, loaded or not.");
        proxy.MapGet("/commands", () => TypedResults.Ok(CommandsBody.Of(operations.Commands))).WithSummary("The management commands that plugins offer.");
        proxy.MapGet("/logs", (int tail = 100) => TypedResults.Ok(new LogsBody(log(Math.Clamp(tail, 0, 1000)))))
            .WithSummary("The last lines of the proxy's own log.");
        proxy.MapGet("/events", (HttpContext context, CancellationToken _) => EventBody.WriteAsync(context, events, keepAlive))
            .Produces(200, contentType: MediaTypes.EventStream)
            .WithSummary("Loads, reloads, unloads, failures and calls as they happen (server-sent events).");

        proxy.MapPost("/load", (PluginRequest? body, CancellationToken ct) => ChangeAsync(operations, PluginChangeKind.Load, body, ct))
            .WithSummary("Load a plugin.");
        proxy.MapPost("/unload", (PluginRequest? body, CancellationToken ct) => ChangeAsync(operations, PluginChangeKind.Unload, body, ct))
            .WithSummary("Unload a plugin.");
        proxy.MapPost("/reload", (PluginRequest? body, CancellationToken ct) => ChangeAsync(operations, PluginChangeKind.Reload, body, ct))
            .WithSummary("Make a new generation of a loaded plugin.");
        proxy.MapGate(operations);
        if (gate is not null)
            app.MapUnlockPage(gate, HostAndOriginOptions.Loopback);
        if (operations.Packages is { } packages)
            PackageEndpoints.Map(proxy, packages);
        proxy.MapPost("/command/{name}", RunCommand(operations)).WithSummary("Run a management command with the arguments in the body.");
    }

    static async Task<IResult> ChangeAsync(ProxyOperations operations, PluginChangeKind kind, PluginRequest? body, CancellationToken cancellationToken)
    {
        if (body?.Plugin is not { } name)
            return Failure(400, "The body should be {\"plugin\": \"<name>\"}; 'plugin' is missing.");
        var registry = operations.Registry;
        var result = kind switch
        {
            PluginChangeKind.Load => await registry.LoadAsync(name, cancellationToken),
            PluginChangeKind.Unload => await registry.UnloadAsync(name, cancellationToken),
            _ => await registry.ReloadAsync(name, cancellationToken),
        };
        return result.Ok ? Results.Json(ChangeBody.Of(result)) : Results.Json(FailureBody.Of(result), statusCode: StatusOf(operations, result));
    }

    static Func<string, HttpRequest, CancellationToken, Task<IResult>> RunCommand(ProxyOperations operations) => async (name, request, cancellationToken) =>
    {
        var (arguments, problem) = await ReadArgumentsAsync(request, cancellationToken);
        if (problem is not null)
            return Failure(400, problem);
        var result = await operations.RunCommandAsync(name, arguments!, cancellationToken);
        return result.Ok ? Results.Json(new CommandBody(result.Command, result.Result)) : Failure(result.Found ? 422 : 404, result.Result);
    };

    static async Task<(Dictionary<string, JsonElement>? Arguments, string? Problem)> ReadArgumentsAsync(
        HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
            return ([], null);
        if (!request.HasJsonContentType())
            return (null, "The arguments should be a JSON object, sent with Content-Type: application/json.");
        try
        {
            return (await request.ReadFromJsonAsync<Dictionary<string, JsonElement>>(cancellationToken) ?? [], null);
        }
        catch (JsonException e)
        {
            return (null, $"The arguments should be a JSON object: {e.Message}");
        }
    }

    // 404: unknown; 409: collision or wrong state; 422: does not compile or register; 400: malformed.
    static int StatusOf(ProxyOperations operations, ChangeResult result) => result.Stage switch
    {
        PluginStage.Resolve => PluginReference.IsValidName(result.Name) ? 404 : 400,
        PluginStage.Publish => 409,
        not null => 422,
        null => result.Plugin is null && !IsAvailable(operations, result.Name) ? 404 : 409,
    };

    static bool IsAvailable(ProxyOperations operations, string name) =>
        operations.Available().Any(entry => string.Equals(entry.Name, name, StringComparison.OrdinalIgnoreCase));

    static JsonHttpResult<FailureBody> Explained(HttpContext context) => context.Response.StatusCode switch
    {
        404 => Failure(404, "There is no such route. GET /openapi/v1.json lists them."),
        405 => Failure(405, $"{context.Request.Method} is not allowed here. GET /openapi/v1.json lists the routes."),
        // Answered with 400, like every other malformed body.
        415 => Failure(400, "The body should be JSON, sent with Content-Type: application/json."),
        var other => Failure(other, "The request could not be carried out."),
    };

    internal static JsonHttpResult<FailureBody> Failure(int status, string error) =>
        TypedResults.Json(new FailureBody(false, error, null, null), ManagementJson.Options, statusCode: status);
}
