namespace McpScript.Specs.Client;

/// <summary>The client's specs share one server.</summary>
[CollectionDefinition]
public class ClientServers : ICollectionFixture<ClientServer>;
