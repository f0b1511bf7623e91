using System.Globalization;
using McpScript.Model;

namespace McpScript.Loading;

/// <summary>
/// Ambient state of plugin code: its plugin and culture, and for a request the generation under lease and the session. Flows into everything that the code
/// starts; drops its references when disposed, because detached work may still hold it. Thread-safe.
/// </summary>
sealed class PluginExecutionContext : IDisposable
{
    static readonly AsyncLocal<PluginExecutionContext?> Current = new();

    readonly Lock _lock = new();
    readonly CultureInfo _culture;
    readonly object? _session;
    List<Action>? _atEnd;
    Plugin? _generation;

    PluginExecutionContext(Plugin plugin, object? session, bool isRequest) =>
        (Plugin, _culture, _session, IsRequest, _generation) = (plugin.Reference.Name, plugin.Culture, session, isRequest, isRequest ? plugin : null);

    /// <summary>Name of the plugin whose code runs in the current flow; null in the host's own flow.</summary>
    public static string? CurrentPlugin => Current.Value?.Plugin;

    /// <summary>
    /// Context of the request in the current flow; null outside of one. The request may be over already, in work that its handler left running.
    /// </summary>
    public static PluginExecutionContext? CurrentRequest => Current.Value is { IsRequest: true } current ? current : null;

    /// <summary>Name of the plugin.</summary>
    public string Plugin { get; }

    /// <summary>True for code that handles a request; false for registration, clean-up and commands.</summary>
    public bool IsRequest { get; }

    /// <summary>
    /// Key of the state that the request sees: equal for requests of one session or caller; the context itself for a request that stands alone.
    /// </summary>
    public object Session => _session ?? this;

    /// <summary>Generation that handles the request; null once it is over.</summary>
    public Plugin? Generation => Volatile.Read(ref _generation);

    /// <summary>Creates the context of one request.</summary>
    /// <param name="plugin">Generation that handles it, under a lease.</param>
    /// <param name="session">Key of the state that it sees; null for a request that stands alone.</param>
    public static PluginExecutionContext ForRequest(Plugin plugin, object? session) => new(plugin, session, isRequest: true);

    /// <summary>Makes the current flow that of a plugin, outside of any request, until the scope is disposed.</summary>
    public static Scope Enter(Plugin plugin) => new PluginExecutionContext(plugin, null, isRequest: false).Enter();

    /// <summary>Makes the current flow that of this context until the scope is disposed.</summary>
    public Scope Enter()
    {
        var scope = new Scope(Current.Value, CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        Current.Value = this;
        Use(_culture, _culture);
        return scope;
    }

    /// <summary>Registers an action for the end of the request.</summary>
    /// <returns>False if the request is over already: the action does not run.</returns>
    public bool TryAtEnd(Action action)
    {
        lock (_lock)
        {
            if (_generation is null)
                return false;
            (_atEnd ??= []).Add(action);
            return true;
        }
    }

    /// <summary>Ends the request: drops the generation and runs the registered actions.</summary>
    public void Dispose()
    {
        List<Action>? actions;
        lock (_lock)
        {
            _generation = null;
            (actions, _atEnd) = (_atEnd, null);
        }
        foreach (var action in actions ?? [])
            action();
    }

    // Both are async locals; setting the current value again would copy the execution context needlessly.
    static void Use(CultureInfo culture, CultureInfo texts)
    {
        if (CultureInfo.CurrentCulture != culture)
            CultureInfo.CurrentCulture = culture;
        if (CultureInfo.CurrentUICulture != texts)
            CultureInfo.CurrentUICulture = texts;
    }

    /// <summary>Restores the flow that was current before when disposed.</summary>
    public readonly struct Scope(PluginExecutionContext? before, CultureInfo culture, CultureInfo texts) : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose()
        {
            Current.Value = before;
            Use(culture, texts);
        }
    }
}
