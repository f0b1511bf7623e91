namespace McpScript;

/// <summary>Looks at a tool call before it runs.</summary>
/// <param name="call">The call.</param>
/// <param name="cancellationToken">The caller's.</param>
/// <returns>Why it is refused, for the model to read; null to let it through. What throws refuses too.</returns>
public delegate ValueTask<string?> PreCallValidator(PendingCall call, CancellationToken cancellationToken);
