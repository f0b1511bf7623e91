using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using McpScript.Model;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace McpScript.Loading.Primitives;

/// <summary>The .NET method behind a tool, and the serializer options that read its arguments.</summary>
/// <param name="Method">The method.</param>
/// <param name="Json">The options.</param>
sealed record ToolBinding(MethodInfo Method, JsonSerializerOptions Json)
{
    // Keyed weakly by the tool, so that an entry is collected with its generation.
    static readonly ConditionalWeakTable<McpServerTool, ToolBinding> Bindings = [];

    /// <summary>Records the binding of a tool.</summary>
    public static void Remember(McpServerTool tool, MethodInfo method, JsonSerializerOptions json) => Bindings.AddOrUpdate(tool, new(method, json));

    /// <summary>The binding of a tool; null for one without a method. A tool that belongs to no plugin has its method in its metadata.</summary>
    public static ToolBinding? Of(McpServerTool tool) => Bindings.TryGetValue(tool, out var binding)
        ? binding
        : tool.Metadata.OfType<MethodInfo>().FirstOrDefault() is { } method ? new(method, McpJsonUtilities.DefaultOptions) : null;

    /// <summary>The binding of a management command; null for one without a method.</summary>
    public static ToolBinding? Of(PluginCommand command) => command.Metadata.OfType<ToolBinding>().FirstOrDefault();

    /// <summary>The types of the method's parameters by name.</summary>
    public IReadOnlyDictionary<string, Type> Parameters() =>
        Method.GetParameters().Where(parameter => parameter.Name is not null)
            .ToDictionary(parameter => parameter.Name!, parameter => parameter.ParameterType, StringComparer.Ordinal);
}
