namespace McpScript.Framework.Tests.Scripting;

/// <summary>A clock that stands where it is put.</summary>
sealed class ManualTime(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
