using ModelContextProtocol.Protocol;

namespace McpScript.Invocation;

/// <summary>The remaining pipeline after a filter.</summary>
delegate ValueTask<CallToolResult> CallHandler(CallContext call, CancellationToken cancellationToken);
