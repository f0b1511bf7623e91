using System.Collections.Immutable;
using McpScript.FileSystem;

namespace McpScript.Model;

/// <summary>A plugin cannot be loaded. The only exception of the life cycle; nothing has changed when it is thrown.</summary>
sealed class PluginLoadException(PluginReference reference, PluginStage stage, ImmutableArray<PluginProblem> problems, Exception? inner = null)
    : Exception($"Plugin '{reference}' failed to {Verb(stage)}: {string.Join("; ", problems)}", inner)
{
    /// <summary>The plugin.</summary>
    public PluginReference Reference { get; } = reference;

    /// <summary>The stage that failed.</summary>
    public PluginStage Stage { get; } = stage;

    /// <summary>All problems that are known.</summary>
    public ImmutableArray<PluginProblem> Problems { get; } = problems;

    /// <summary>Files whose change could cure the failure.</summary>
    public ImmutableArray<SourceFile> Files { get; init; } = [];

    /// <summary>The stage as a verb: <c>compile</c>.</summary>
    public static string Verb(PluginStage stage) => stage switch
    {
        PluginStage.Resolve => "resolve",
        PluginStage.Compile => "compile",
        PluginStage.Register => "register",
        _ => "publish",
    };
}
