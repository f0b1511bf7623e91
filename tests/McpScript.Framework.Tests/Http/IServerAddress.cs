namespace McpScript.Framework.Tests.Http;

/// <summary>Address of an MCP endpoint, and a client for it.</summary>
interface IServerAddress
{
    /// <summary>URL of the endpoint.</summary>
    Uri Url { get; }

    /// <summary>Client that bounds its waits.</summary>
    HttpClient Http { get; }
}
