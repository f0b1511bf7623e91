using McpScript.Gates;
using McpScript.Management;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace McpScript.Http.Management;

/// <summary>Routes of the management API for the gate.</summary>
static class GateEndpoints
{
    const string NoGate = "The configuration has no gate. Add a 'gate' section and restart.";

    /// <summary>Maps the routes into <c>/proxy</c>.</summary>
    public static void MapGate(this IEndpointRouteBuilder proxy, ProxyOperations operations)
    {
        proxy.MapGet("/gate", () => TypedResults.Ok(GateBody.Of(operations.Gate)))
            .WithSummary("The gate's groups, the unlocks in force, and the callers that were blocked.");
        proxy.MapPost("/gate/unlock", (GateRequest? body, CancellationToken ct) => UnlockAsync(operations.Gate, body, ct))
            .WithSummary("Unlock a group for a session, a principal, or anonymous callers, with a one-time code.");
        proxy.MapPost("/gate/lock", (GateRequest? body) => Lock(operations.Gate, body))
            .WithSummary("Lock a group, or all of them, for one caller or for all callers.");
    }

    static async Task<IResult> UnlockAsync(GateOperations? gate, GateRequest? body, CancellationToken cancellationToken)
    {
        if (gate is null)
            return ManagementEndpoints.Failure(409, NoGate);
        if (body is not { Group.Length: > 0, Code.Length: > 0 })
        {
            return ManagementEndpoints.Failure(
                400, "The body should be {\"group\": \"<group>\", \"code\": \"<digits>\", \"session\": \"<id>\"}; 'group' or 'code' is missing.");
        }
        return Translated(await gate.UnlockAsync(body.Target, body.Group, body.Code, cancellationToken), body.Group);
    }

    static IResult Lock(GateOperations? gate, GateRequest? body) =>
        gate is null ? ManagementEndpoints.Failure(409, NoGate) : Translated(gate.Lock(body?.Target ?? new(), body?.Group ?? ""), body?.Group);

    static IResult Translated(GateAnswer answer, string? group) => answer.Ok
        ? Results.Json(new GateDoneBody(true, string.IsNullOrEmpty(group) ? null : group, answer.Text))
        : ManagementEndpoints.Failure(StatusOf(answer.Outcome), answer.Text);

    static int StatusOf(GateOutcome outcome) => outcome switch
    {
        GateOutcome.UnknownGroup => 404,
        GateOutcome.WrongCode => 422,
        GateOutcome.LockedOut => 429,
        GateOutcome.NoSecret => 503,
        _ => 409,
    };
}
