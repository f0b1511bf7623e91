using McpScript.Loading;
using McpScript.Model;

namespace McpScript.Registry;

/// <summary>Runs the <c>mcp.OnLive</c> actions of a new generation, after the old one is notified that it retires.</summary>
sealed class ActivationRunner(Plugin plugin, RegistryLog log)
{
    /// <summary>Waits for the old generation, runs the actions, and logs failures; the plugin keeps serving in any case.</summary>
    public async Task AfterAsync(Task oldNotified)
    {
        await oldNotified;
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
            await plugin.ActivateAsync();
        }
        catch (OperationCanceledException) when (plugin.Retiring.IsCancellationRequested)
        {
            // The action observed Retiring, as intended.
        }
        catch (Exception e)
        {
            log.ActivationFailed(plugin.Reference.Name, ExceptionText.Of(e));
        }
    }
}
