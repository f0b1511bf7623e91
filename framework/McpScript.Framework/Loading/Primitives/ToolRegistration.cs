using ModelContextProtocol.Server;

namespace McpScript.Loading.Primitives;

/// <summary>A registered tool that is not built yet. Thread-safe.</summary>
/// <param name="name">The tool's name as the author gave it.</param>
/// <param name="build">Builds the tool with the groups that guard it.</param>
sealed class ToolRegistration(string name, Func<PrimitiveFactory, IReadOnlyCollection<string>, McpServerTool> build) : IToolBuilder
{
    readonly Lock _lock = new();
    readonly List<string> _groups = [];
    bool _built;

    /// <inheritdoc/>
    public IToolBuilder Protect(string group)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(group);
        lock (_lock)
        {
            if (_built)
                throw new InvalidOperationException(
                    $"Tool '{name}' is made already and stays as it is. Protect it where it is registered: mcp.Tool(…).Protect(\"{group}\").");
            _groups.Add(group);
        }
        return this;
    }

    /// <summary>Builds the tool.</summary>
    public McpServerTool Build(PrimitiveFactory factory)
    {
        lock (_lock)
            _built = true;
        return build(factory, _groups);
    }
}
