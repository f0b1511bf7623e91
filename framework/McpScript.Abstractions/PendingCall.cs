using System.Security.Claims;
using System.Text.Json;

namespace McpScript;

/// <summary>A tool call that has not run yet, as validators receive it.</summary>
/// <param name="Tool">The tool's name as published to clients, including its prefix.</param>
/// <param name="Arguments">The arguments by name, already checked against the tool's schema, except for unsupported keywords. Empty for none.</param>
/// <param name="Plugin">The tool's plugin; null for the host's own tools.</param>
/// <param name="User">The authenticated caller; null for an anonymous one.</param>
public sealed record PendingCall(string Tool, IReadOnlyDictionary<string, JsonElement> Arguments, string? Plugin, ClaimsPrincipal? User);
