namespace McpScript.Configuration;

/// <summary>Limits of single calls: those of <c>limits</c> itself, or of one entry of <c>limits.tools</c>. Null where nothing is said.</summary>
public record ToolLimitSettings
{
    /// <summary><c>max_arguments</c>: of all arguments together, in bytes of JSON.</summary>
    public Limit? MaxArguments { get; init; }

    /// <summary><c>max_result</c>: of a result, in bytes.</summary>
    public Limit? MaxResult { get; init; }

    /// <summary><c>rate</c>: calls that one caller may make of one tool within <see cref="LimitSettings.RateWindow"/>.</summary>
    public Limit? Rate { get; init; }

    /// <summary><c>timeout</c>: how long a call may take.</summary>
    public Limit? Timeout { get; init; }
}
