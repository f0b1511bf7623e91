using System.Collections.Frozen;

namespace McpScript.Model;

/// <summary>The assemblies whose types host and plugins share; everything else outside the framework is a plugin's own.</summary>
/// <remarks>
/// The closure of what McpScript.Abstractions and MCP Core refer to, and of what the preset services (IHttpClientFactory, options) show in their public
/// signatures; what these use only inside may differ from plugin to plugin. A test compares it with the assemblies as they are.
/// </remarks>
static class SharedAssemblies
{
    /// <summary>Simple names.</summary>
    public static FrozenSet<string> Names { get; } = new[]
    {
        "McpScript.Abstractions",
        "ModelContextProtocol.Core",
        "Microsoft.Extensions.AI.Abstractions",
        "Microsoft.Extensions.DependencyInjection.Abstractions",
        "Microsoft.Extensions.Logging.Abstractions",
        "Microsoft.Extensions.Http",
        "Microsoft.Extensions.Options",
        "Microsoft.Extensions.Configuration.Abstractions",
        "Microsoft.Extensions.Primitives",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Framework assemblies with static caches that hold the types they are used with; each plugin gets a copy of its own (measured: the only cure).
    /// </summary>
    public static FrozenSet<string> PrivateCopies { get; } = new[]
    {
        "Microsoft.CSharp",
        "System.ComponentModel.TypeConverter",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
