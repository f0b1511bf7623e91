// Roots: the folders that the client works in. The same code serves sessions and stateless clients (2026-07-28).
mcp.Tool("where_am_i", "Lists the folders that the client works in.", async (McpServer server, CancellationToken ct) =>
{
    var answer = await server.RequestRootsAsync(new(), ct);
    return string.Join("\n", answer.Roots.Select(root => $"{root.Name}: {root.Uri}"));
});
