using System.Collections.Frozen;

namespace McpScript.Model;

/// <summary>Assemblies whose types host and plugins share; all others outside the framework are private to each plugin.</summary>
/// <remarks>
/// The closure of the references of McpScript.Abstractions and MCP Core, and of the public signatures of the preset services (IHttpClientFactory, options);
/// assemblies that these use only internally may differ from plugin to plugin. A test compares the list with the actual assemblies.
/// </remarks>
static class SharedAssemblies
{
    /// <summary>Simple names of the assemblies.</summary>
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
    /// Framework assemblies with static caches that hold plugin types; each plugin gets its own copy (by measurement, nothing else releases the types).
    /// </summary>
    public static FrozenSet<string> PrivateCopies { get; } = new[]
    {
        "Microsoft.CSharp",
        "System.ComponentModel.TypeConverter",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
