namespace McpScript.Client.Connecting;

/// <summary>How to connect.</summary>
/// <param name="Protocol">The protocol revision to insist on; null to take the newest that both know.</param>
/// <param name="Timeout">How long to wait for the server's first answers.</param>
/// <param name="Roots">The folders that the server is told we work in.</param>
/// <param name="Listens">True to hear of changes.</param>
sealed record ConnectionSettings(string? Protocol, TimeSpan Timeout, IReadOnlyList<string> Roots, bool Listens);
