using ModelContextProtocol.Protocol;

namespace McpScript.Invocation;

/// <summary>The rest of the pipeline, from one filter's point of view.</summary>
delegate ValueTask<CallToolResult> CallHandler(CallContext call, CancellationToken cancellationToken);
