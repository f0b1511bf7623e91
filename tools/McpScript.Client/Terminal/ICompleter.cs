namespace McpScript.Client.Terminal;

/// <summary>Source of completions for the line editor.</summary>
interface ICompleter
{
    /// <summary>Returns completions for the text before the cursor.</summary>
    Task<Completions> CompleteAsync(string beforeCursor, CancellationToken cancellationToken);
}
