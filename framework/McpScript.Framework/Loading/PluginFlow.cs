using System.Globalization;

namespace McpScript.Loading;

/// <summary>Which plugin's code the current flow runs, so that what it prints and throws can be put down to it, and for whom. Holds no plugin type once the request is over.</summary>
static class PluginFlow
{
    static readonly AsyncLocal<FlowMark?> Mark = new();

    /// <summary>The plugin's name; null in the host's own flow.</summary>
    public static string? Current => Mark.Value?.Plugin;

    /// <summary>The request that is being handled; null if the flow began otherwise. It may be over, for what a handler left running.</summary>
    public static CallScope? Call => Mark.Value as CallScope;

    /// <summary>From here to the end of the scope, the flow is that plugin's.</summary>
    public static Scope Enter(Plugin plugin) => Enter(new FlowMark(plugin.Reference.Name, plugin.Culture));

    /// <inheritdoc cref="Enter(Plugin)"/>
    public static Scope Enter(FlowMark mark)
    {
        var scope = new Scope(Mark.Value, CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        Mark.Value = mark;
        Use(mark.Culture, mark.Culture);
        return scope;
    }

    // Both are async locals too; what is current already costs nothing.
    static void Use(CultureInfo culture, CultureInfo texts)
    {
        if (CultureInfo.CurrentCulture != culture)
            CultureInfo.CurrentCulture = culture;
        if (CultureInfo.CurrentUICulture != texts)
            CultureInfo.CurrentUICulture = texts;
    }

    /// <summary>Gives the flow back.</summary>
    public readonly struct Scope(FlowMark? before, CultureInfo culture, CultureInfo texts) : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose()
        {
            Mark.Value = before;
            Use(culture, texts);
        }
    }
}
