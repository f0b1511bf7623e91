using ModelContextProtocol.Protocol;

namespace McpScript.Model;

/// <summary>Returns values for an argument that a user is typing.</summary>
delegate Task<IEnumerable<string>> ArgumentCompletion(CompleteRequestParams request, CancellationToken cancellationToken);
