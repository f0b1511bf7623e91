using System.Security.Claims;

namespace McpScript.Calls;

/// <summary>What an authenticated caller is known by.</summary>
static class PrincipalName
{
    /// <summary>The name; null for a caller who is not authenticated, or has none.</summary>
    public static string? Of(ClaimsPrincipal? user) => user?.Identity is { IsAuthenticated: true } identity
        ? user.FindFirst("sub")?.Value ?? user.FindFirst(ClaimTypes.NameIdentifier)?.Value ?? identity.Name
        : null;
}
