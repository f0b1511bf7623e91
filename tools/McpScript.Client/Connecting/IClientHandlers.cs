using ModelContextProtocol.Protocol;

namespace McpScript.Client.Connecting;

/// <summary>Handlers of the requests that a server sends to its client during a call.</summary>
interface IClientHandlers
{
    /// <summary>Handles <c>elicitation/create</c>: input from the user.</summary>
    ValueTask<ElicitResult> ElicitAsync(ElicitRequestParams? request, CancellationToken cancellationToken);

    /// <summary>Handles <c>sampling/createMessage</c>: a completion by the model; mcp-client has none, so the user writes it.</summary>
    ValueTask<CreateMessageResult> SampleAsync(CreateMessageRequestParams? request, CancellationToken cancellationToken);
}
