using McpScript.Model;

namespace McpScript.Checking;

/// <summary>Codes of problems that only a check reports, and of load problems without a code of their own.</summary>
static class CheckCodes
{
    /// <summary>A handler, name or option that the SDK or the host refuses.</summary>
    public const string CannotRegister = PluginProblem.CannotRegister;

    /// <summary>The plugin does not exist.</summary>
    public const string NotFound = "MCS0010";

    /// <summary>The plugin's settings, or one of its files, cannot be used.</summary>
    public const string Unusable = "MCS0011";

    /// <summary>The plugin cannot be published, for example because of a collision.</summary>
    public const string NotPublished = "MCS0012";

    /// <summary>A tool without description.</summary>
    public const string ToolUndescribed = "MCS711";

    /// <summary>A parameter of a tool without description.</summary>
    public const string ParameterUndescribed = "MCS712";

    /// <summary>A prompt without description.</summary>
    public const string PromptUndescribed = "MCS713";

    /// <summary>A tool name that some clients refuse.</summary>
    public const string DoubtfulName = "MCS721";

    /// <summary>A plugin that another one of the same name hides.</summary>
    public const string Hidden = "MCS722";

    /// <summary>A file or folder that resembles a plugin, but is not loaded.</summary>
    public const string NotLoaded = "MCS723";

    /// <summary>Returns the code for a problem without one.</summary>
    public static string Of(PluginStage stage) => stage switch
    {
        PluginStage.Resolve => NotFound,
        PluginStage.Compile => Unusable,
        PluginStage.Register => CannotRegister,
        _ => NotPublished,
    };
}
