namespace McpScript.Loading;

/// <summary>Values of a plugin that belong to sessions, for their owner to end.</summary>
interface ISessionValues
{
    /// <summary>Disposes of all, and makes none any more.</summary>
    Task EndAsync();
}
