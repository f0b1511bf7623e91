namespace McpScript.Configuration;

/// <summary>When wrong codes lock out, and for how long.</summary>
/// <param name="Attempts">So many in a row.</param>
/// <param name="Cooldown">For so long the first time.</param>
/// <param name="LongestCooldown">It doubles each time, up to this.</param>
public sealed record GateLockout(int Attempts, TimeSpan Cooldown, TimeSpan LongestCooldown)
{
    /// <summary>How long it lasts after so many before it.</summary>
    public TimeSpan CooldownAfter(int lockouts) => Cooldown * Math.Pow(2, Math.Min(lockouts, 30)) is var doubled && doubled < LongestCooldown ? doubled : LongestCooldown;
}
