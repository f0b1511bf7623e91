namespace McpScript.Configuration;

/// <summary>A limit that somebody has set; off is said too, because it may lift a general one.</summary>
/// <param name="Most">The most that is allowed; null for no limit.</param>
public readonly record struct Limit(double? Most)
{
    /// <summary>The most as a whole number.</summary>
    public int? Whole => Most is { } most ? (int)most : null;

    /// <summary>The most as a duration.</summary>
    public TimeSpan? Seconds => Most is { } most ? TimeSpan.FromSeconds(most) : null;
}
