namespace McpScript;

/// <summary>Checks a tool call before it runs.</summary>
/// <param name="call">The call.</param>
/// <param name="cancellationToken">The token of the call.</param>
/// <returns>The reason for refusing the call, which the model gets; null to allow it. An exception refuses the call too.</returns>
public delegate ValueTask<string?> PreCallValidator(PendingCall call, CancellationToken cancellationToken);
