namespace McpScript.Client.Repl;

/// <summary>Where lines come from.</summary>
interface ILineSource
{
    /// <summary>The next one; null at the end.</summary>
    Task<string?> NextAsync();
}
