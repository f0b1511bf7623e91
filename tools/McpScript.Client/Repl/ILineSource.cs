namespace McpScript.Client.Repl;

/// <summary>Source of command lines.</summary>
interface ILineSource
{
    /// <summary>Reads the next line; null at the end.</summary>
    Task<string?> NextAsync();
}
