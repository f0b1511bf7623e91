class Answer { public bool Sure { get; set; } }
mcp.Tool("elicit", "Asks by type, without options.", async (McpServer server, CancellationToken ct) =>
    (await server.ElicitAsync<Answer>("Sure?", cancellationToken: ct)).IsAccepted); // <- MCS707
