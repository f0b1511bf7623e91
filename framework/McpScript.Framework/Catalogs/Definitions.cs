using System.Runtime.CompilerServices;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace McpScript.Catalogs;

/// <summary>Definitions of primitives as clients see them, in JSON; serialized once for each object. Thread-safe.</summary>
static class Definitions
{
    // Weak keys: a definition is collected with its primitive, and so with its plugin.
    static readonly ConditionalWeakTable<object, string> Known = [];

    /// <summary>The definition of a tool.</summary>
    public static string Of(McpServerTool tool) => Known.GetValue(tool, _ => JsonSerializer.Serialize(tool.ProtocolTool, McpJsonUtilities.DefaultOptions));

    /// <summary>The definition of a prompt.</summary>
    public static string Of(McpServerPrompt prompt) =>
        Known.GetValue(prompt, _ => JsonSerializer.Serialize(prompt.ProtocolPrompt, McpJsonUtilities.DefaultOptions));

    /// <summary>The definition of a resource or resource template.</summary>
    public static string Of(McpServerResource resource) =>
        Known.GetValue(resource, _ => JsonSerializer.Serialize(resource.ProtocolResourceTemplate, McpJsonUtilities.DefaultOptions));
}
