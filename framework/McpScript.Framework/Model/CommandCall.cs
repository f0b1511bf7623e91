using System.Text.Json;

namespace McpScript.Model;

/// <summary>One run of a management command.</summary>
/// <param name="Proxy">The proxy at its start.</param>
/// <param name="Arguments">The operator's arguments.</param>
/// <param name="Services">The plugin's services, in a scope of this run.</param>
sealed record CommandCall(ProxySnapshot Proxy, IReadOnlyDictionary<string, JsonElement> Arguments, IServiceProvider Services);
