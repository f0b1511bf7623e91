using ModelContextProtocol.Server;

namespace McpScript.Loading.Primitives;

/// <summary>A tool that was asked for, until it is built.</summary>
/// <param name="name">Its name as the author gave it.</param>
/// <param name="build">Makes it, with the groups that guard it.</param>
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
                throw new InvalidOperationException($"Tool '{name}' is made already and stays as it is. Protect it where it is registered: mcp.Tool(…).Protect(\"{group}\").");
            _groups.Add(group);
        }
        return this;
    }

    /// <summary>The tool.</summary>
    public McpServerTool Build(PrimitiveFactory factory)
    {
        lock (_lock)
            _built = true;
        return build(factory, _groups);
    }
}
