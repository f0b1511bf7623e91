using ModelContextProtocol.Client;

namespace McpScript.Client.Connecting;

/// <summary>A server to connect to.</summary>
abstract record ServerTarget
{
    /// <summary>What to do when it cannot be reached.</summary>
    public abstract string Cure { get; }

    /// <summary>A new way to it.</summary>
    /// <param name="heardFromServer">Takes what it writes to stderr, if that can be heard.</param>
    public abstract IClientTransport Open(Action<string> heardFromServer);
}
