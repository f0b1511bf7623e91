using System.Text.Json;
using ModelContextProtocol.Server;

namespace McpScript.Loading.Primitives;

/// <summary>A management command of a plugin. It stands in the catalog beside the tools, so that it comes, goes and collides as they do.</summary>
/// <param name="name">Its name.</param>
/// <param name="description">What it does, for operators.</param>
/// <param name="run">Runs it; what comes out is text, written with the plugin's own serializer options.</param>
sealed class PluginCommand(string name, string description, Func<CommandCall, JsonSerializerOptions, CancellationToken, Task<string>> run) : IMcpServerPrimitive
{
    /// <inheritdoc/>
    public string Id => name;

    /// <summary>What it does.</summary>
    public string Description => description;

    /// <inheritdoc/>
    public IReadOnlyList<object> Metadata => [];

    /// <summary>JSON schema of its arguments; null if it takes any.</summary>
    public JsonElement? InputSchema { get; init; }

    /// <summary>The method behind it, for checking arguments; null for none.</summary>
    public ToolBinding? Binding { get; init; }

    /// <summary>Runs it.</summary>
    public Task<string> RunAsync(CommandCall call, JsonSerializerOptions json, CancellationToken cancellationToken) => run(call, json, cancellationToken);

    /// <summary>A result as operators see it: text as it is, nothing as nothing, all else as JSON.</summary>
    public static string Text<T>(T result, JsonSerializerOptions json) => result switch
    {
        null => "",
        string text => text,
        _ => JsonSerializer.Serialize(result, json),
    };
}
