using System.Text.Json;
using ModelContextProtocol.Server;

namespace McpScript.Model;

/// <summary>A management command of a plugin. It stands in the catalog beside the tools, so that it is published, removed and checked for collisions as they are.</summary>
/// <param name="name">Its name.</param>
/// <param name="description">What it does, for operators.</param>
/// <param name="run">Runs it and returns the result as text.</param>
sealed class PluginCommand(string name, string description, Func<CommandCall, CancellationToken, Task<string>> run) : IMcpServerPrimitive
{
    /// <inheritdoc/>
    public string Id => name;

    /// <summary>What it does.</summary>
    public string Description => description;

    /// <inheritdoc/>
    public IReadOnlyList<object> Metadata { get; init; } = [];

    /// <summary>JSON schema of its arguments; null if it takes any.</summary>
    public JsonElement? InputSchema { get; init; }

    /// <summary>Runs it.</summary>
    public Task<string> RunAsync(CommandCall call, CancellationToken cancellationToken) => run(call, cancellationToken);
}
