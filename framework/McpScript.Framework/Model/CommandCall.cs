using System.Text.Json;

namespace McpScript.Model;

/// <summary>One execution of a management command.</summary>
/// <param name="Proxy">The proxy's state at the start.</param>
/// <param name="Arguments">The operator's arguments by name.</param>
/// <param name="Services">The plugin's services, in a scope of this execution.</param>
sealed record CommandCall(ProxySnapshot Proxy, IReadOnlyDictionary<string, JsonElement> Arguments, IServiceProvider Services);
