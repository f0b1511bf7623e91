using ModelContextProtocol.Protocol;

namespace McpScript.Model;

/// <summary>Completes an argument: returns values for the text that a user has typed.</summary>
delegate Task<IEnumerable<string>> ArgumentCompletion(CompleteRequestParams request, CancellationToken cancellationToken);
