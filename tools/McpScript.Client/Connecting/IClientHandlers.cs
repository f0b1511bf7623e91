using ModelContextProtocol.Protocol;

namespace McpScript.Client.Connecting;

/// <summary>Answers what a server asks in the middle of a call.</summary>
interface IClientHandlers
{
    /// <summary>A question for the user.</summary>
    ValueTask<ElicitResult> ElicitAsync(ElicitRequestParams? question, CancellationToken cancellationToken);

    /// <summary>A question for the model, for which the user stands in.</summary>
    ValueTask<CreateMessageResult> SampleAsync(CreateMessageRequestParams? question, CancellationToken cancellationToken);
}
