namespace McpScript.Loading;

/// <summary>Lifetime of a client's session, which bounds the values that plugins keep for it.</summary>
interface ISessionLifetime
{
    /// <summary>Fires when the session has ended.</summary>
    CancellationToken Ended { get; }
}
