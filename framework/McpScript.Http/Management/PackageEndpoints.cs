using McpScript.Management;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace McpScript.Http.Management;

/// <summary>Routes below <c>/proxy/packages</c>; they call <see cref="PackageOperations"/>.</summary>
static class PackageEndpoints
{
    /// <summary>Maps the routes.</summary>
    public static void Map(RouteGroupBuilder proxy, PackageOperations packages)
    {
        proxy.MapGet("/packages", () => Results.Json(PackageBodies.Of(packages.Packages))).WithSummary("The packages that are installed as plugins.");
        proxy.MapPost("/packages", (InstallRequest? body, CancellationToken ct) => InstallAsync(packages, body, ct))
            .WithSummary("Install a package, or another version of it, and load it.");
        proxy.MapPost("/packages/update", (UpdateRequest? body, CancellationToken ct) => UpdateAsync(packages, body, ct))
            .WithSummary("Update a package, or all.");
        proxy.MapDelete("/packages/{id}", (string id, CancellationToken ct) => UninstallAsync(packages, id, ct))
            .WithSummary("Unload a package and uninstall it.");
        proxy.MapDelete("/packages", (string? package, CancellationToken ct) => package is null
            ? Task.FromResult<IResult>(ManagementEndpoints.Failure(400, "The package id is missing: DELETE /proxy/packages/ID."))
            : UninstallAsync(packages, package, ct)).WithSummary("The same, with the id as 'package'.");
    }

    static async Task<IResult> InstallAsync(PackageOperations packages, InstallRequest? body, CancellationToken cancellationToken) =>
        body?.Package is { } package
        ? Answer(await packages.InstallAsync(package, body.Sources ?? [], body.Prerelease, cancellationToken))
        : ManagementEndpoints.Failure(400, "The body should be {\"package\": \"<id>\"} or {\"package\": \"<id>@<version>\"}; 'package' is missing.");

    static async Task<IResult> UpdateAsync(PackageOperations packages, UpdateRequest? body, CancellationToken cancellationToken)
    {
        var changes = await packages.UpdateAsync(body?.Package, body?.Sources ?? [], cancellationToken);
        return Results.Json(PackageBodies.Of(changes), statusCode: changes.FirstOrDefault(change => !change.Ok) is { } failed ? StatusOf(failed.Kind) : 200);
    }

    static async Task<IResult> UninstallAsync(PackageOperations packages, string id, CancellationToken cancellationToken) =>
        Answer(await packages.UninstallAsync(id, cancellationToken));

    static IResult Answer(PackageChange change) => Results.Json(PackageBodies.Of(change), statusCode: change.Ok ? 200 : StatusOf(change.Kind));

    static int StatusOf(PackageChangeKind kind) => kind switch
    {
        PackageChangeKind.Malformed => 400,
        PackageChangeKind.NotAllowed => 403,
        PackageChangeKind.NotFound => 404,
        PackageChangeKind.Collision => 409,
        _ => 422,
    };
}
