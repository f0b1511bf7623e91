using McpScript.Loading;
using McpScript.Loading.Primitives;
using ModelContextProtocol.Server;

namespace McpScript.Core.Tests.Invocation.Arguments;

/// <summary>Tools that are bound to methods, with the serializer options of plugins.</summary>
static class BoundTool
{
    /// <summary>A tool that runs a method.</summary>
    public static McpServerTool Of(Delegate method, string name = "tool")
    {
        var json = PluginJson.CreateOptions();
        var tool = McpServerTool.Create(method, new() { Name = name, SerializerOptions = json });
        ToolBinding.Remember(tool, method.Method, json);
        return tool;
    }
}
