namespace McpScript.Configuration;

/// <summary>A configured limit. "Off" is a value of its own, because it may lift a more general limit.</summary>
/// <param name="Most">The largest allowed value; null for no limit.</param>
public readonly record struct Limit(double? Most)
{
    /// <summary>The limit as a whole number; null for no limit.</summary>
    public int? Whole => Most is { } most ? (int)most : null;

    /// <summary>The limit as a duration; null for no limit.</summary>
    public TimeSpan? Seconds => Most is { } most ? TimeSpan.FromSeconds(most) : null;
}
