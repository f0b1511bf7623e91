using McpScript.Model;

namespace McpScript.Registry;

/// <summary>One-line errors of the registry, in the wording of the Python original where it has the same case.</summary>
static class ErrorTexts
{
    /// <summary>A load of a plugin that is loaded.</summary>
    public static string AlreadyLoaded(PluginReference reference) => $"Plugin '{reference}' already loaded";

    /// <summary>An unload of a plugin that is not loaded.</summary>
    public static string NotLoaded(PluginReference reference) => $"Plugin '{reference}' not loaded";

    /// <summary>A reload of a plugin that is not loaded.</summary>
    public static string NotLoadedUseLoad(PluginReference reference) => $"Plugin '{reference}' not loaded, use load()";

    /// <summary>A load of a plugin that the configuration disables.</summary>
    public static string Disabled(PluginReference reference) => $"Plugin '{reference}' disabled in config";

    /// <summary>A second change of a plugin within one change set.</summary>
    public static string Repeated(PluginReference reference) => $"Plugin '{reference}' is named more than once in this change; only the first is carried out.";

    /// <summary>A change during shutdown.</summary>
    public static string ShuttingDown(PluginReference reference) => $"Plugin '{reference}' stays as it is: the proxy is shutting down.";

    /// <summary>A failed load in one line.</summary>
    public static string Of(PluginLoadException failure) => failure.Stage switch
    {
        PluginStage.Resolve => failure.Problems[0].Message,
        PluginStage.Register => $"Plugin '{failure.Reference}' register() failed: {failure.Problems[0].Message}{More(failure)}",
        PluginStage.Publish => $"Collision loading '{failure.Reference}': {failure.Problems[0].Message}{More(failure)}",
        _ => $"Plugin '{failure.Reference}' failed to compile: {failure.Problems[0]}{More(failure)}",
    };

    static string More(PluginLoadException failure) => failure.Problems.Length > 1 ? $" (and {failure.Problems.Length - 1} more)" : "";
}
