using McpScript.Client.Completion;
using McpScript.Client.Errors;
using McpScript.Client.Requests;
using McpScript.Client.Terminal;

namespace McpScript.Client.Repl.Commands;

/// <summary>A command of the prompt.</summary>
/// <param name="name">First word of the line.</param>
/// <param name="usage">Syntax after the name; may be empty.</param>
/// <param name="summary">Description for the help.</param>
abstract class ReplCommand(string name, string usage, string summary)
{
    /// <summary>First word of the line.</summary>
    public string Name => name;

    /// <summary>Syntax: the name and its arguments.</summary>
    public string Usage => usage.Length > 0 ? $"{name} {usage}" : name;

    /// <summary>Description for the help.</summary>
    public string Summary => summary;

    /// <summary>Runs the command.</summary>
    /// <param name="context">Screen and connection.</param>
    /// <param name="rest">Text after the name.</param>
    /// <param name="cancellationToken">Cancelled by Ctrl-C.</param>
    /// <returns>False if it failed and has shown the error.</returns>
    public abstract Task<bool> RunAsync(CommandContext context, string rest, CancellationToken cancellationToken);

    /// <summary>Completes the word at the cursor after the name. By default there are no completions.</summary>
    public virtual Task<Completions> CompleteAsync(CommandContext context, CompletionContext line, CancellationToken cancellationToken) =>
        Task.FromResult(Completions.None);

    /// <summary>Creates the error for missing arguments.</summary>
    protected UserError UsageError() => UserError.Usage($"Usage: {Usage}", []);
}
