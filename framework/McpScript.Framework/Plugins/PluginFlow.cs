namespace McpScript.Plugins;

/// <summary>Which plugin's code the current flow runs, so that what it prints and throws can be put down to it. Holds a name only, never a plugin type.</summary>
static class PluginFlow
{
    static readonly AsyncLocal<string?> Name = new();

    /// <summary>The plugin's name; null in the host's own flow.</summary>
    public static string? Current => Name.Value;

    /// <summary>From here to the end of the scope, the flow is that plugin's.</summary>
    public static Scope Enter(string plugin)
    {
        var before = Name.Value;
        Name.Value = plugin;
        return new(before);
    }

    /// <summary>Gives the flow back.</summary>
    public readonly struct Scope(string? before) : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose() => Name.Value = before;
    }
}
