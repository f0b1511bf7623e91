using System.Security.Claims;
using McpScript.CallLog;
using McpScript.Invocation;
using ModelContextProtocol.Protocol;

namespace McpScript.Management;

/// <summary>Requires a scope for the <c>proxy__</c> tools that change something.</summary>
/// <param name="scope">The required scope.</param>
/// <param name="allowsAnonymous">
/// True if callers without a token may use them: the user who started the program over stdio, and callers that an embedding application admits.
/// </param>
sealed class ManagementScope(string scope, bool allowsAnonymous) : ICallFilter
{
    const string Claim = "scope";

    /// <inheritdoc/>
    public ValueTask<CallToolResult> InvokeAsync(CallContext call, CallHandler next, CancellationToken cancellationToken)
    {
        var user = call.Request.User;
        return !Changes(call) || (user?.Identity is { IsAuthenticated: true } ? user.HasClaim(Claim, scope) : allowsAnonymous)
            ? next(call, cancellationToken)
            : new(call.Fail(CallErrorKind.Refused, Refusal(call.Tool, user)));
    }

    static bool Changes(CallContext call) =>
        call.Tool.StartsWith("proxy__", StringComparison.Ordinal) && call.Item is { Owner: null, Primitive.ProtocolTool.Annotations.ReadOnlyHint: false };

    string Refusal(string name, ClaimsPrincipal? user) =>
        $"Error: '{name}' needs the scope '{scope}'; the access token has {(Scopes(user) is { Length: > 0 } scopes ? $"only: {scopes}" : "none")}. "
        + "Get a token with that scope, or ask an operator to do it.";

    static string Scopes(ClaimsPrincipal? user) => string.Join(' ', user?.FindAll(Claim).Select(claim => claim.Value) ?? []);
}
