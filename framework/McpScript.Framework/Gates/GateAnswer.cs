namespace McpScript.Gates;

/// <summary>Result of a request to the gate.</summary>
/// <param name="Outcome">The kind of result.</param>
/// <param name="Text">The text for the caller.</param>
public sealed record GateAnswer(GateOutcome Outcome, string Text)
{
    /// <summary>True if the request succeeded.</summary>
    public bool Ok => Outcome == GateOutcome.Done;
}
