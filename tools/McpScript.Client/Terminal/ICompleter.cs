namespace McpScript.Client.Terminal;

/// <summary>Knows how a line could go on.</summary>
interface ICompleter
{
    /// <summary>What could stand where the word before the cursor begins.</summary>
    Task<Completions> CompleteAsync(string beforeCursor, CancellationToken cancellationToken);
}
