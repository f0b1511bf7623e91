using System.Security.Claims;
using System.Text.Json;

namespace McpScript;

/// <summary>A tool call that has not run yet, as a validator sees it.</summary>
/// <param name="Tool">The tool's name as clients know it, its prefix included.</param>
/// <param name="Arguments">The arguments by name; they fit the tool's schema as far as that is plain. Empty if there are none.</param>
/// <param name="Plugin">The plugin that offers the tool; null for the host's own.</param>
/// <param name="User">The authenticated caller; null if nobody is.</param>
public sealed record PendingCall(string Tool, IReadOnlyDictionary<string, JsonElement> Arguments, string? Plugin, ClaimsPrincipal? User);
