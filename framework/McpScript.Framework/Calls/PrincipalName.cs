using System.Security.Claims;

namespace McpScript.Calls;

/// <summary>The name by which an authenticated caller is known: in the call log, to parked calls, wherever something belongs to him.</summary>
static class PrincipalName
{
    /// <summary>The name; null for anybody.</summary>
    public static string? Of(ClaimsPrincipal? user) => user?.Identity is { IsAuthenticated: true } identity
        ? user.FindFirst("sub")?.Value ?? user.FindFirst(ClaimTypes.NameIdentifier)?.Value ?? identity.Name
        : null;
}
