using McpScript.Client.Completion;
using McpScript.Client.Errors;
using McpScript.Client.Requests;
using McpScript.Client.Terminal;

namespace McpScript.Client.Repl.Commands;

/// <summary>A command of the prompt.</summary>
/// <param name="name">Its word.</param>
/// <param name="usage">What follows the word.</param>
/// <param name="summary">What it does.</param>
abstract class ReplCommand(string name, string usage, string summary)
{
    /// <summary>Its word.</summary>
    public string Name => name;

    /// <summary>The word and what follows it.</summary>
    public string Usage => usage.Length > 0 ? $"{name} {usage}" : name;

    /// <summary>What it does.</summary>
    public string Summary => summary;

    /// <summary>Does it.</summary>
    /// <param name="session">What to work with.</param>
    /// <param name="rest">What was typed after the word.</param>
    /// <param name="cancellationToken">Fires on Ctrl-C.</param>
    /// <returns>False if it failed, which has been shown.</returns>
    public abstract Task<bool> RunAsync(CommandContext session, string rest, CancellationToken cancellationToken);

    /// <summary>What could stand as the word that is being typed after this one.</summary>
    public virtual Task<Completions> CompleteAsync(CommandContext session, CompletionContext line, CancellationToken cancellationToken) => Task.FromResult(Completions.None);

    /// <summary>Complains that nothing was typed after the word.</summary>
    protected UserError UsageError() => UserError.Usage($"Usage: {Usage}", []);
}
