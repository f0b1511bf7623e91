using System.Text.Json;
using ModelContextProtocol.Server;
namespace McpScript.Model;

/// <summary>A management command of a plugin. Part of the catalog like tools: published, removed and checked for collisions as they are.</summary>
/// <param name="name">Name of the command.</param>
/// <param name="description">Description for operators.</param>
/// <param name="run">Executes the command and returns the result as text.</param>
sealed class PluginCommand(string name, string description, Func<CommandCall, CancellationToken, Task<string>> run) : IMcpServerPrimitive
{
    /// <inheritdoc/>
    public string Id => name;

    /// <summary>Description for operators.</summary>
    public string Description => description;

    /// <inheritdoc/>
    public IReadOnlyList<object> Metadata { get; init; } = [];

    /// <summary>JSON schema of the arguments; null if the command accepts any.</summary>
    public JsonElement? InputSchema { get; init; }

    /// <summary>Executes the command and returns the result as text.</summary>
    public Task<string> RunAsync(CommandCall call, CancellationToken cancellationToken) => run(call, cancellationToken);
}
