using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpScript.Client.Primitives;

/// <summary>What a server offers at one moment, each list in the order of its names.</summary>
sealed record ServerPrimitives(IReadOnlyList<Tool> Tools, IReadOnlyList<Prompt> Prompts, IReadOnlyList<Resource> Resources, IReadOnlyList<ResourceTemplate> Templates)
{
    /// <summary>Nothing, as before the first answer.</summary>
    public static ServerPrimitives Empty { get; } = new([], [], [], []);

    /// <summary>Asks a server.</summary>
    public static async Task<ServerPrimitives> FetchAsync(McpClient client, CancellationToken cancellationToken)
    {
        var can = client.ServerCapabilities;
        return new(
            can.Tools is null ? [] : [.. (await client.ListToolsAsync(cancellationToken: cancellationToken)).Select(tool => tool.ProtocolTool).OrderBy(tool => tool.Name, StringComparer.Ordinal)],
            can.Prompts is null ? [] : [.. (await client.ListPromptsAsync(cancellationToken: cancellationToken)).Select(prompt => prompt.ProtocolPrompt).OrderBy(prompt => prompt.Name, StringComparer.Ordinal)],
            can.Resources is null ? [] : [.. (await client.ListResourcesAsync(cancellationToken: cancellationToken)).Select(resource => resource.ProtocolResource).OrderBy(resource => resource.Uri, StringComparer.Ordinal)],
            can.Resources is null ? [] : [.. (await client.ListResourceTemplatesAsync(cancellationToken: cancellationToken)).Select(template => template.ProtocolResourceTemplate).OrderBy(template => template.UriTemplate, StringComparer.Ordinal)]);
    }

    /// <summary>The tool of a name.</summary>
    public Tool? Tool(string name) => Tools.FirstOrDefault(tool => tool.Name == name);

    /// <summary>The prompt of a name.</summary>
    public Prompt? Prompt(string name) => Prompts.FirstOrDefault(prompt => prompt.Name == name);

    /// <summary>The template that is written so.</summary>
    public ResourceTemplate? Template(string text) => Templates.FirstOrDefault(template => template.UriTemplate == text);
}
