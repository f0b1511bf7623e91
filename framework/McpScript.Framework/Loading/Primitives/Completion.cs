using ModelContextProtocol.Protocol;

namespace McpScript.Loading.Primitives;

/// <summary>Offers values for an argument that is being typed.</summary>
delegate Task<IEnumerable<string>> Completion(CompleteRequestParams request, CancellationToken cancellationToken);
