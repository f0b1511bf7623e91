using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpScript.Client.Primitives;

/// <summary>Snapshot of a server's lists.</summary>
/// <param name="Tools">Tools, sorted by name.</param>
/// <param name="Prompts">Prompts, sorted by name.</param>
/// <param name="Resources">Resources, sorted by URI.</param>
/// <param name="Templates">Resource templates, sorted by URI template.</param>
sealed record ServerPrimitives(
    IReadOnlyList<Tool> Tools, IReadOnlyList<Prompt> Prompts, IReadOnlyList<Resource> Resources, IReadOnlyList<ResourceTemplate> Templates)
{
    /// <summary>Empty lists, as before the first response.</summary>
    public static ServerPrimitives Empty { get; } = new([], [], [], []);

    /// <summary>Fetches the lists for which the server declares a capability.</summary>
    public static async Task<ServerPrimitives> FetchAsync(McpClient client, CancellationToken cancellationToken)
    {
        var capabilities = client.ServerCapabilities;
        var tools = capabilities.Tools is null ? [] : await client.ListToolsAsync(cancellationToken: cancellationToken);
        var prompts = capabilities.Prompts is null ? [] : await client.ListPromptsAsync(cancellationToken: cancellationToken);
        var resources = capabilities.Resources is null ? [] : await client.ListResourcesAsync(cancellationToken: cancellationToken);
        var templates = capabilities.Resources is null ? [] : await client.ListResourceTemplatesAsync(cancellationToken: cancellationToken);
        return new(
            [.. tools.Select(tool => tool.ProtocolTool).OrderBy(tool => tool.Name, StringComparer.Ordinal)],
            [.. prompts.Select(prompt => prompt.ProtocolPrompt).OrderBy(prompt => prompt.Name, StringComparer.Ordinal)],
            [.. resources.Select(resource => resource.ProtocolResource).OrderBy(resource => resource.Uri, StringComparer.Ordinal)],
            [.. templates.Select(template => template.ProtocolResourceTemplate).OrderBy(template => template.UriTemplate, StringComparer.Ordinal)]);
    }

    /// <summary>Finds a tool by name; null if there is none.</summary>
    public Tool? Tool(string name) => Tools.FirstOrDefault(tool => tool.Name == name);

    /// <summary>Finds a prompt by name; null if there is none.</summary>
    public Prompt? Prompt(string name) => Prompts.FirstOrDefault(prompt => prompt.Name == name);

    /// <summary>Finds a resource template by its URI template; null if there is none.</summary>
    public ResourceTemplate? Template(string uriTemplate) => Templates.FirstOrDefault(template => template.UriTemplate == uriTemplate);
}
