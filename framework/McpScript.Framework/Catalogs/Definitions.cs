using System.Runtime.CompilerServices;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace McpScript.Catalogs;

/// <summary>What clients are told of a primitive, as JSON; made once for each object.</summary>
static class Definitions
{
    // Weak keys: a definition goes with its primitive, and so with its plugin.
    static readonly ConditionalWeakTable<object, string> Known = [];

    /// <summary>A tool's.</summary>
    public static string Of(McpServerTool tool) => Known.GetValue(tool, _ => JsonSerializer.Serialize(tool.ProtocolTool, McpJsonUtilities.DefaultOptions));

    /// <summary>A prompt's.</summary>
    public static string Of(McpServerPrompt prompt) => Known.GetValue(prompt, _ => JsonSerializer.Serialize(prompt.ProtocolPrompt, McpJsonUtilities.DefaultOptions));

    /// <summary>A resource's or a template's.</summary>
    public static string Of(McpServerResource resource) => Known.GetValue(resource, _ => JsonSerializer.Serialize(resource.ProtocolResourceTemplate, McpJsonUtilities.DefaultOptions));
}
