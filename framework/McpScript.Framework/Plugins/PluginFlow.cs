namespace McpScript.Plugins;

/// <summary>Which plugin's code the current flow runs, so that what it prints and throws can be put down to it, and for whom. Holds no plugin type once the request is over.</summary>
static class PluginFlow
{
    static readonly AsyncLocal<FlowMark?> Mark = new();

    /// <summary>The plugin's name; null in the host's own flow.</summary>
    public static string? Current => Mark.Value?.Plugin;

    /// <summary>The request that is being handled; null if the flow began otherwise. It may be over, for what a handler left running.</summary>
    public static CallScope? Call => Mark.Value as CallScope;

    /// <summary>From here to the end of the scope, the flow is that plugin's.</summary>
    public static Scope Enter(string plugin) => Enter(new FlowMark(plugin));

    /// <inheritdoc cref="Enter(string)"/>
    public static Scope Enter(FlowMark mark)
    {
        var before = Mark.Value;
        Mark.Value = mark;
        return new(before);
    }

    /// <summary>Gives the flow back.</summary>
    public readonly struct Scope(FlowMark? before) : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose() => Mark.Value = before;
    }
}
