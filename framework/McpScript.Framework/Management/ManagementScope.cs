using System.Security.Claims;
using McpScript.CallLog;
using McpScript.Catalogs;
using McpScript.Invocation;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Management;

/// <summary>Lets only those callers use the <c>proxy__</c> tools that change something whose token allows it.</summary>
/// <param name="scope">The scope that they need.</param>
/// <param name="served">The tools.</param>
/// <param name="anybody">Whether callers without a token may: over stdio, whoever started the program. Within somebody else's application, who is let in at all is decided there.</param>
sealed class ManagementScope(string scope, Served served, bool anybody)
{
    const string Claim = "scope";

    /// <summary>The filter.</summary>
    public McpRequestHandler<CallToolRequestParams, CallToolResult> Filter(McpRequestHandler<CallToolRequestParams, CallToolResult> next) => (request, cancellationToken) =>
    {
        if (request.Params?.Name is not { } name || !Changes(name) || (request.User?.Identity is { IsAuthenticated: true } ? request.User.HasClaim(Claim, scope) : anybody))
            return next(request, cancellationToken);
        CallRecord.Of(request)?.Failure = CallErrorKind.Refused;
        return new(new CallToolResult { IsError = true, Content = [new TextContentBlock { Text = Refusal(name, request.User) }] });
    };

    bool Changes(string name) =>
        name.StartsWith("proxy__", StringComparison.Ordinal) && served.Catalog.Tools.TryGet(name, out var item)
        && item is { Owner: null, Primitive.ProtocolTool.Annotations.ReadOnlyHint: false };

    string Refusal(string name, ClaimsPrincipal? user) =>
        $"Error: '{name}' needs the scope '{scope}'; the access token has {(Scopes(user) is { Length: > 0 } scopes ? $"only: {scopes}" : "none")}. Get a token with that scope, or ask an operator to do it.";

    static string Scopes(ClaimsPrincipal? user) => string.Join(' ', user?.FindAll(Claim).Select(claim => claim.Value) ?? []);
}
