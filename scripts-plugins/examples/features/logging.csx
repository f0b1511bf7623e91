// Logging to the client: sessions set a level with logging/setLevel, 2026-07-28 clients with each request. Without a level, nothing is sent.
// mcp.Logger, by contrast, writes to the log of the server, for the operator.
mcp.Tool("tidy_up", "Tidies up, and logs to the client.", (McpServer server) =>
{
    using var client = server.AsClientLoggerProvider();
    var log = client.CreateLogger("tidy_up");
    log.LogDebug("Looking under the bed.");
    log.LogWarning("Found {Count} socks.", 2);
    return "All tidy.";
});
