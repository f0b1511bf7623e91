namespace McpScript.Configuration;

/// <summary>Settings of lockouts after wrong codes.</summary>
/// <param name="Attempts">The number of wrong codes in a row that causes a lockout.</param>
/// <param name="Cooldown">The duration of the first lockout.</param>
/// <param name="LongestCooldown">The upper limit; each lockout lasts twice as long as the one before it.</param>
public sealed record GateLockout(int Attempts, TimeSpan Cooldown, TimeSpan LongestCooldown)
{
    /// <summary>Returns the duration of a lockout after a number of earlier ones.</summary>
    public TimeSpan CooldownAfter(int lockouts) =>
        Cooldown * Math.Pow(2, Math.Min(lockouts, 30)) is var doubled && doubled < LongestCooldown ? doubled : LongestCooldown;
}
