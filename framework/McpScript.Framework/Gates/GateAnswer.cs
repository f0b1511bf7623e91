namespace McpScript.Gates;

/// <summary>What the gate answers.</summary>
/// <param name="Outcome">How.</param>
/// <param name="Text">For whoever asked.</param>
public sealed record GateAnswer(GateOutcome Outcome, string Text)
{
    /// <summary>True if it was done.</summary>
    public bool Ok => Outcome == GateOutcome.Done;
}
