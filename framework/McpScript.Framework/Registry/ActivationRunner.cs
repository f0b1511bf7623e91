using McpScript.Loading;
using McpScript.Model;

namespace McpScript.Registry;

/// <summary>Runs what a new generation registered with <c>mcp.OnLive</c>, after the old one has heard that it retires.</summary>
sealed class ActivationRunner(Plugin plugin, RegistryLog log)
{
    /// <summary>Waits, runs, and reports what goes wrong; the plugin serves on all the same.</summary>
    public async Task AfterAsync(Task oldHasHeard)
    {
        await oldHasHeard;
        Task live;
        using (ExecutionContext.SuppressFlow())
            live = Task.Run(RunAsync);
        await live;
    }

    async Task RunAsync()
    {
        using var flow = PluginExecutionContext.Enter(plugin);
        try
        {
            await plugin.GoLiveAsync();
        }
        catch (OperationCanceledException) when (plugin.Retiring.IsCancellationRequested)
        {
            // The action was given Retiring and ended by it: as it should.
        }
        catch (Exception e)
        {
            log.GoingLiveFailed(plugin.Reference.Name, ExceptionText.Of(e));
        }
    }
}
