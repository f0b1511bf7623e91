namespace McpScript.Loading;

/// <summary>A plugin's values that belong to sessions, for the plugin to dispose of.</summary>
interface ISessionValues
{
    /// <summary>Disposes of all values and creates no more.</summary>
    Task EndAsync();
}
