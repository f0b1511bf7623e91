using System.Reflection;
using Microsoft.Extensions.AI;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Loading.Answers;

/// <summary>A tool that is listed as the SDK lists it, and whose results are converted by an <see cref="AnswerForm"/>.</summary>
static class AnsweringTool
{
    static readonly PropertyInfo[] Listed = [.. typeof(Tool).GetProperties().Where(property => property is { CanRead: true, CanWrite: true })];

    /// <summary>Creates the tool through the SDK, because the SDK adapts only its own tool type to older clients.</summary>
    /// <param name="listed">The SDK's tool of the same method.</param>
    /// <param name="function">The method, with converted results.</param>
    /// <param name="options">The options that <paramref name="listed"/> was created with.</param>
    /// <param name="outputSchema">The output schema; null for none.</param>
    public static McpServerTool Of(McpServerTool listed, AIFunction function, McpServerToolCreateOptions options, System.Text.Json.JsonElement? outputSchema)
    {
        var tool = McpServerTool.Create(function, new()
        {
            Services = options.Services, SerializerOptions = options.SerializerOptions, Name = listed.ProtocolTool.Name, Metadata = listed.Metadata,
            UseStructuredContent = outputSchema is not null, OutputSchema = outputSchema,
        });
        // Title, hints, icons and everything else that the SDK reads from attributes.
        foreach (var property in Listed)
            property.SetValue(tool.ProtocolTool, property.GetValue(listed.ProtocolTool));
        tool.ProtocolTool.OutputSchema = outputSchema;
        return tool;
    }
}
