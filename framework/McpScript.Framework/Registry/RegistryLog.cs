using Microsoft.Extensions.Logging;
using McpScript.Plugins;

namespace McpScript.Registry;

/// <summary>What the registry tells the log.</summary>
sealed partial class RegistryLog(ILogger log)
{
    /// <summary>One line for a wish that was carried out; all problems for one that failed.</summary>
    public void Write(Candidate candidate, ChangeResult result)
    {
        if (candidate.Refusal is { } refusal)
            Refused(refusal);
        else if (candidate.Failure is { } failure)
            Failed(failure.Reference.Name, PluginLoadException.Verb(failure.Stage), string.Concat(failure.Problems.Select(problem => $"\n- {problem.ToStringWithSource()}")),
                candidate.Old is null ? "Nothing is served under this name until it is fixed." : "The previous version is still serving. Fix it and save.", failure.InnerException);
        else if (candidate.Leaves)
            Unloaded(result.Name, string.Join(", ", result.Removed));
        else
        {
            if (candidate.Old is null)
                Loaded(result.Name, result.Plugin!.Tools.Length, result.Elapsed.TotalMilliseconds);
            else
                Reloaded(result.Name, result.Plugin!.Tools.Length, result.Elapsed.TotalMilliseconds);
            foreach (var doubt in result.Plugin.Tools.Select(ToolName.Doubt).OfType<string>())
                Doubtful(doubt);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Plugin '{Plugin}' loaded: {Tools} tools in {Elapsed:0} ms.")]
    partial void Loaded(string plugin, int tools, double elapsed);

    [LoggerMessage(Level = LogLevel.Information, Message = "Plugin '{Plugin}' reloaded: {Tools} tools in {Elapsed:0} ms.")]
    partial void Reloaded(string plugin, int tools, double elapsed);

    [LoggerMessage(Level = LogLevel.Information, Message = "Plugin '{Plugin}' unloaded: removed {Removed}.")]
    partial void Unloaded(string plugin, string removed);

    [LoggerMessage(Level = LogLevel.Error, Message = "Plugin '{Plugin}' failed to {Stage}.{Problems}\n{Advice}")]
    partial void Failed(string plugin, string stage, string problems, string advice, Exception? cause);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Refusal}")]
    partial void Refused(string refusal);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Doubt}")]
    partial void Doubtful(string doubt);

    /// <summary>An OnLive action threw.</summary>
    [LoggerMessage(Level = LogLevel.Error, Message = "Plugin '{Plugin}' is served, but its OnLive action failed.")]
    public partial void GoingLiveFailed(string plugin, Exception cause);
}
