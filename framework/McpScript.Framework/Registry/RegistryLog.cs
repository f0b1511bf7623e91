using McpScript.Model;
using McpScript.Telemetry;
using Microsoft.Extensions.Logging;

namespace McpScript.Registry;

/// <summary>Log lines of the registry.</summary>
sealed partial class RegistryLog(ILogger log)
{
    /// <summary>Logs one line for a change that was applied, and all problems for one that failed.</summary>
    public void Write(PendingChange candidate, ChangeResult result)
    {
        if (candidate.Refusal is { } refusal)
            Refused(refusal);
        else if (candidate.Failure is { } failure)
            Failed(
                failure.Reference.Name, PluginLoadException.Verb(failure.Stage),
                string.Concat(failure.Problems.Select(problem => $"\n- {problem.ToStringWithSource()}")),
                candidate.Old is null ? "Nothing is served under this name until it is fixed." : "The previous version is still serving. Fix it and save.",
                failure.InnerException);
        else if (candidate.Leaves)
            Unloaded(result.Name, string.Join(", ", result.Removed));
        else
        {
            if (candidate.Old is null)
                Loaded(result.Name, result.Plugin!.Tools.Count, result.Elapsed.TotalMilliseconds);
            else
                Reloaded(result.Name, result.Plugin!.Tools.Count, result.Elapsed.TotalMilliseconds);
            Measured(candidate);
            foreach (var doubt in result.Plugin.Tools.Select(ToolName.Doubt).OfType<string>())
                Doubtful(doubt);
        }
    }

    // Durations of a change's stages, for the log and for metrics.
    void Measured(PendingChange candidate)
    {
        var (read, load) = (candidate.Image!.Reading, candidate.Next!.Loading);
        // Read while StableReader still waited for the files, so that time is not part of the change's compile time.
        var compile = candidate.Compiling > read ? candidate.Compiling - read : TimeSpan.Zero;
        var register = candidate.Registering - load;
        foreach (var (stage, took) in new[]
                 {
                     ("read", read), ("compile", compile), ("load", load), ("register", register), ("swap", candidate.Swapping),
                     ("notify", candidate.Notifying),
                 })
            Instruments.Stage(stage, took);
        Parts(candidate.Change.Reference.Name, read.TotalMilliseconds, compile.TotalMilliseconds, load.TotalMilliseconds, register.TotalMilliseconds,
            candidate.Swapping.TotalMilliseconds, candidate.Notifying.TotalMilliseconds);
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Plugin '{Plugin}': read {Read:0.0} ms, compile {Compile:0.0}, load {Load:0.0}, "
        + "register {Register:0.0}, swap {Swap:0.0}, notify {Notify:0.0}.")]
    partial void Parts(string plugin, double read, double compile, double load, double register, double swap, double notify);

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

    /// <summary>Logs an exception of an OnLive action.</summary>
    [LoggerMessage(Level = LogLevel.Error, Message = "Plugin '{Plugin}' is served, but its OnLive action failed.")]
    public partial void ActivationFailed(string plugin, Exception cause);
}
