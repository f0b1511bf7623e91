namespace McpScript.Loading.Primitives;

/// <summary>A registered tool that is not built yet: collects the groups that guard it. Thread-safe.</summary>
/// <param name="name">The tool's name as the author gave it.</param>
sealed class ToolRegistration(string name) : IToolBuilder
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

    /// <summary>Returns the groups for building the tool; later ones are rejected.</summary>
    public IReadOnlyCollection<string> TakeGroups()
    {
        lock (_lock)
            _built = true;
        return _groups;
    }
}
