namespace McpScript.Configuration;

/// <summary>Limits of single calls: those of <c>limits</c> itself, or of one entry of <c>limits.tools</c>. Null for limits that are not set.</summary>
public record ToolLimitSettings
{
    /// <summary><c>max_arguments</c>: the size of all arguments, in bytes of JSON.</summary>
    public Limit? MaxArguments { get; init; }

    /// <summary><c>max_result</c>: the size of a result, in bytes.</summary>
    public Limit? MaxResult { get; init; }

    /// <summary><c>rate</c>: the number of calls of one tool by one caller within <see cref="LimitSettings.RateWindow"/>.</summary>
    public Limit? Rate { get; init; }

    /// <summary><c>timeout</c>: the timeout of a call.</summary>
    public Limit? Timeout { get; init; }

    /// <summary>True if nothing is limited: every limit is absent or off.</summary>
    internal virtual bool IsEmpty => MaxArguments?.Most is null && MaxResult?.Most is null && Rate?.Most is null && Timeout?.Most is null;
}
