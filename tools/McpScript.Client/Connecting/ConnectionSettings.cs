namespace McpScript.Client.Connecting;

/// <summary>Settings of a connection.</summary>
/// <param name="Protocol">Required protocol revision; null for the newest that both sides support.</param>
/// <param name="Timeout">Time limit for the initialization of the connection.</param>
/// <param name="Roots">Folders that are listed to the server as roots.</param>
/// <param name="Listens">True to subscribe to changes of lists and resources.</param>
sealed record ConnectionSettings(string? Protocol, TimeSpan Timeout, IReadOnlyList<string> Roots, bool Listens);
