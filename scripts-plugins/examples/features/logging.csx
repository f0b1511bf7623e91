// Logging to the client: sessions set a level with logging/setLevel, 2026-07-28 clients with each request. Without one, nothing is sent.
// (mcp.Logger is another thing: it writes the host's log, for the operator.)
mcp.Tool("tidy_up", "Tidies up, and tells the client how it goes.", (McpServer server) =>
{
    using var client = server.AsClientLoggerProvider();
    var log = client.CreateLogger("tidy_up");
    log.LogDebug("Looking under the bed.");
    log.LogWarning("Found {Count} socks.", 2);
    return "All tidy.";
});
